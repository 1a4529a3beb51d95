import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

  it('leads nowhere that is not there', () => {
    const files = linked(readme).filter((link) => !/^(https?:|#)/.test(link));
    assert.deepEqual(
      files.filter((file) => !existsSync(join(root, file.replace(/#.*/, '')))),
      [],
    );
  });
});
