import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { profiles } from '../../../src/agents/profiles/profiles.ts';
import { root } from '../../rig/places.ts';
import { rules } from '../../rules/rules.ts';

const readme = readFileSync(join(root, 'README.md'), 'utf8');

describe('the README', () => {
  const rows = new Map(
    [...readme.matchAll(/^\| ([TP]\d+) +\| (.+?) +\| (.+?) +\| (.+?) +\|$/gm)].map(
      ([, id = '', words = '', walked = '', more = '']) => [id, { words, walked, more }],
    ),
  );
  const linked = (text: string): string[] =>
    [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, file = '']) => file);

  it('has a row for each rule, in its words, walked by a person and by an agent', () => {
    assert.deepEqual(
      [...rows].map(([id, { words }]) => [id, words]),
      Object.entries(rules),
    );
    for (const [id, { walked }] of rows) assert.match(walked, /\[person\].*\[agent\]/, id);
  });

  it('leads from each rule to tests that bear its id', () => {
    for (const [id, { walked, more }] of rows) {
      for (const file of [...linked(walked), ...linked(more)]) {
        const named = new RegExp(`\\b(?:it|describe)\\(\\s*['\`](?:[TP]\\d+, )*${id}[,:]`);
        assert.match(readFileSync(join(root, file), 'utf8'), named, `${id}: ${file}`);
      }
    }
  });

  it('says of each agent what was proved with the version that is installed for that', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'test/agents/package-lock.json'), 'utf8')) as {
      packages: Record<string, { version?: string }>;
    };
    const proved = Object.fromEntries(
      [...readme.matchAll(/^\| ([\w ]+?) +\| (\d+\.\d+\.\d+) +\|/gm)].map(([, agent = '', version]) => [
        agent,
        version,
      ]),
    );
    const installed = (name: string): string | undefined => packages[`node_modules/${name}`]?.version;
    assert.deepEqual(proved, {
      'Claude Code': installed('@anthropic-ai/claude-code'),
      'Codex CLI': installed('@openai/codex'),
      'Gemini CLI': installed('@google/gemini-cli'),
      'Copilot CLI': installed('@github/copilot'),
    });
    for (const { label, entries } of profiles) {
      const row = new RegExp(`^\\| ${label} +\\|(.*)$`, 'm').exec(readme)?.[1] ?? assert.fail(label);
      for (const { in: where, file } of entries)
        assert.ok(row.includes(`\`${where === 'home' ? '~/' : ''}${file}\``), `${label}: ${file}`);
    }
  });

  it('leads nowhere that is not there', () => {
    const files = linked(readme).filter((link) => !/^(https?:|#)/.test(link));
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file.replace(/#.*/, '')))),
      [],
    );
  });
});
