import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  connecting,
  disconnecting,
  standings,
  type FileChange,
  type Refused,
} from '../../../../src/agents/connect/changes.ts';
import { hookCommand } from '../../../../src/agents/launch/guardCopy.ts';
import { profileOf, profiles } from '../../../../src/agents/profiles/profiles.ts';
import { root } from '../../project/manifest.ts';

const homes = { folder: '/canal/project', home: '/home/someone', own: '/own' };
const factsOf = (id: string): { url: string; hook: string } => ({
  url: 'http://127.0.0.1:4711/mcp',
  hook: hookCommand(id, { runtime: '/opt/an editor/node', guard: "/home/o'neill/guard.cjs" }),
});

/** Files as they stand, by path, and what is done to them. */
class Files {
  readonly texts = new Map<string, string>();

  readonly read = (path: string): string | undefined => this.texts.get(path);

  take(changes: readonly FileChange[] | Refused): void {
    assert.ok(!('why' in changes), JSON.stringify(changes));
    for (const { path, after } of changes) {
      if (after === undefined) this.texts.delete(path);
      else this.texts.set(path, after);
    }
  }
}

describe('the profiles of agents', () => {
  for (const profile of profiles) {
    it(`${profile.label}: connected, it stands; disconnected, nothing is left`, () => {
      const files = new Files();
      const facts = factsOf(profile.id);
      files.take(connecting(profile, facts, homes, files.read));
      for (const { standing } of standings(profile, facts, homes, files.read)) assert.equal(standing, 'same');
      const all = [...files.texts.values()].join('\n');
      assert.deepEqual(connecting(profile, facts, homes, files.read), [], 'again');
      if (profile.entries.some(({ what }) => what === 'server')) assert.match(all, /LOCKKEEPER_TOKEN/);
      if (profile.entries.some(({ what }) => what === 'hook')) assert.match(all, /guard unavailable/);
      assert.doesNotMatch(all, /\{(?:url|hook|prompt)\}/);
      files.take(disconnecting(profile, facts, homes, files.read));
      assert.deepEqual([...files.texts], []);
    });
  }

  it('one file that cannot be read refuses all of it', () => {
    const files = new Files();
    files.texts.set('/canal/project/.claude/settings.json', '{ "hooks": ');
    const refused = connecting(
      profileOf('claude-code') ?? assert.fail(),
      factsOf('claude-code'),
      homes,
      files.read,
    );
    assert.ok('why' in refused);
    assert.match(refused.path, /settings\.json$/);
    assert.match(refused.why, /look at line 1/);
  });

  /** The sources outside of the profiles that hold this. */
  const holding = (form: RegExp): readonly string[] => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => !file.startsWith('agents/profiles/'));
    assert.ok(files.length > 300);
    return files.filter((file) => form.test(readFileSync(join(root, 'src', file), 'utf8')));
  };

  it('alone know an agent’s name', () => {
    const known = /claude|codex|gemini|copilot|anthropic|openai|['"`]cursor['"`]|\bCursor\b/;
    assert.deepEqual(holding(known), []);
  });

  it('alone know what an agent calls its tools', () => {
    const told = profiles.flatMap(({ tools }) => [
      ...[...tools.writes, ...tools.patches, ...tools.shells].flatMap((one) => one.tools),
      ...tools.reads,
    ]);
    // A plain word may stand for anything else; and apply_patch is a program too, which a shell may run.
    const names = [...new Set(told)].filter((name) => /[A-Z_]/.test(name) && name !== 'apply_patch');
    assert.ok(names.length > 30);
    assert.deepEqual(holding(new RegExp(`['"\`](?:${names.join('|')})['"\`]`)), []);
  });

  it('P2: whoever is started has a hook before each of its tools, or speaks with us of each: its calls can be counted', () => {
    for (const { id, launch } of profiles) {
      if (!launch || launch.speaksAcp) continue;
      const written = JSON.stringify([launch.files.map(({ value }) => value), launch.argv]);
      assert.match(written, /\{(?:hook|\\?"hook\\?")\}/, id);
      // One that names no tools stands before all.
      for (const [, tools = ''] of written.matchAll(/matcher"?[=:]\\?"([^"\\]*)/g))
        assert.ok(['*', '.*'].includes(tools), `${id}: ${tools}`);
    }
  });

  it('have ids of their own, and say what they cannot do', () => {
    assert.equal(new Set(profiles.map(({ id }) => id)).size, profiles.length);
    for (const { id, cannot } of profiles) assert.ok(cannot.length > 0, id);
  });
});
