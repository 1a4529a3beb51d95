import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatesOf } from '../../../src/core/gates.ts';
import { readHiddenTexts, strayedIn, writeHiddenTexts } from '../../../src/git/hiddenTexts.ts';
import { readRecords } from '../../../src/git/worktreeRecords.ts';
import { orchestrator, worker } from '../core/history.ts';
import { easy, refusalOf } from './approving.ts';
import { connect, put } from './connected.ts';
import { git, Ground, traces, write } from './given.ts';
import { approval, closeHouses, dispatched, measured, submitted, type GitHouse } from './house.ts';
import { until } from '../../rig/until.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());

afterEach(closeHouses);

const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const hook = '.claude/settings.json';

/** The worktree of a dispatch with Claude Code connected in it, and a change of its worker's own. */
async function connected(files?: Readonly<Record<string, string>>): Promise<{
  house: GitHouse;
  top: string;
  path: string;
}> {
  const top = ground.repository(files);
  const given = await dispatched(top, 'worktree', easy);
  await connect(top, 'claude-code');
  assert.equal(await put(given.house), undefined);
  write(given.path, { 'src/new.js': 'n\n' });
  return { ...given, top };
}

/** What the inbox and the review say of it. */
async function seen(house: GitHouse): Promise<{ touched: readonly string[]; scope: readonly string[] }> {
  const touched = await house.outside.touched(1);
  const found = await measured(house);
  const gates = gatesOf(house.desk.state, 1, { measured: found }, house.workspace) ?? [];
  const scope = gates.find(({ gate }) => gate === 'scope') ?? assert.fail();
  assert.equal(scope.pass, !found.files.some(({ hidden }) => hidden));
  return {
    touched: (touched ?? []).map(({ path }) => path).sort(),
    scope: scope.pass ? [] : scope.reasons,
  };
}

const wrong = (file: string): string =>
  `\`${file}\` was written outside SCOPE: it is not as Lockkeeper put it there, hidden, and in no commit.`;

describe('the hidden files of a worktree', () => {
  it('P8: where ours could not be written nothing is hidden: what a worker puts there later is seen', async () => {
    const top = ground.repository();
    const { house, path } = await dispatched(top, 'worktree', easy);
    await connect(top, 'claude-code');
    symlinkSync('nowhere', join(path, '.claude'));
    assert.match((await put(house))?.sentence ?? '', /\.claude\/settings\.json is part of the work there/);
    rmSync(join(path, '.claude'));
    write(path, { [hook]: '{ "mine": 1 }\n' });
    const touched = await house.outside.touched(1);
    assert.deepEqual(
      touched?.map((one) => one.path),
      [hook],
    );
  });

  it('P8: one that a worker changed was written outside SCOPE, whatever it did to it; no commit has it', async () => {
    const { house, top, path } = await connected();
    await submitted(house, ['src/new.js']);
    assert.deepEqual(await seen(house), { touched: ['src/new.js'], scope: [] });
    const placed = read(path, hook);

    const harmless = placed.replace(/guard unavailable/, 'guard_unavailable');
    assert.equal(harmless.length, placed.length);
    const ways: readonly [string, () => void][] = [
      ['emptied of the hook', () => write(path, { [hook]: '{}\n' })],
      ['another text of the same length', () => write(path, { [hook]: harmless })],
      ['gone', () => rmSync(join(path, hook))],
      ['larger than what is shown', () => write(path, { [hook]: ' '.repeat(1_000_001) })],
      ['a folder', () => mkdirSync(join(path, hook))],
      ['a link', () => symlinkSync(join(top, hook), join(path, hook))],
      ['behind a link', () => symlinkSync(join(top, '.claude'), join(path, '.claude'))],
    ];
    for (const [way, change] of ways) {
      rmSync(join(path, way === 'behind a link' ? '.claude' : hook), { recursive: true });
      if (way === 'gone') write(path, { [hook]: placed });
      change();
      const expected = {
        touched: [hook, ...(way === 'behind a link' ? ['.claude'] : []), 'src/new.js'].sort(),
        scope: [...(way === 'behind a link' ? ['`.claude` is outside SCOPE.'] : []), wrong(hook)],
      };
      assert.deepEqual(await seen(house), expected, way);
      const refused = refusalOf(await approval(house));
      assert.equal(refused.code, 'gate-failed', way);
      rmSync(join(path, way === 'behind a link' ? '.claude' : hook), { recursive: true, force: true });
      write(path, { [hook]: placed });
    }
    assert.deepEqual(await seen(house), { touched: ['src/new.js'], scope: [] }, 'taken back');

    write(path, { [hook]: '{ "mine": 1 }\n' });
    const { files } = await measured(house);
    const shown = files.find(({ hidden }) => hidden) ?? assert.fail();
    const side = async (tree: string | undefined): Promise<string> =>
      new TextDecoder().decode(await house.outside.reviews.contentOf(tree ?? '', hook));
    assert.deepEqual(
      [await side(shown.apart?.base), await side(shown.apart?.tree)],
      [placed, '{ "mine": 1 }\n'],
      'both sides can be looked at',
    );
    const reply = await approval(house, { override: { gates: ['scope'], reason: 'I have seen it' } });
    assert.ok(reply.ok, JSON.stringify(reply));
    assert.equal(git(top, 'show', '--name-only', '--format=', 'HEAD'), 'src/new.js');
    await until(
      () => traces(top),
      (left) => left.length === 0,
    );
    assert.ok(!existsSync(path));
  });

  it('P8: what Lockkeeper puts there again is nobody’s write, and hides none: ours comes back, what is beside it stays seen', async () => {
    const { house, path } = await connected();
    await submitted(house, ['src/new.js']);
    const none = { touched: ['src/new.js'], scope: [] };
    for (const more of [{ url: 'http://127.0.0.1:2/mcp' }, { guard: '/newer/guard.cjs' }]) {
      assert.equal(await put(house, more), undefined);
      assert.match(read(path, more.url === undefined ? hook : '.mcp.json'), /127\.0\.0\.1:2|newer/);
      assert.deepEqual(await seen(house), none, JSON.stringify(more));
    }
    rmSync(join(path, hook));
    assert.deepEqual(await seen(house), { touched: [hook, 'src/new.js'].sort(), scope: [wrong(hook)] });
    assert.equal(await put(house, { url: 'http://127.0.0.1:3/mcp' }), undefined);
    assert.match(read(path, hook), /guard unavailable/);
    assert.deepEqual(await seen(house), none, 'it is there again');

    write(path, { [hook]: '{\n  "env": { "A": "1" }\n}\n' });
    assert.equal(await put(house, { url: 'http://127.0.0.1:4/mcp' }), undefined);
    assert.match(read(path, hook), /"A": "1"[^]*guard unavailable/);
    assert.deepEqual(
      await seen(house),
      { touched: [hook, 'src/new.js'].sort(), scope: [wrong(hook)] },
      'putting it there again is no way to have it pass',
    );
  });

  it('P8: one that comes to be the worker’s own is shown, without what Lockkeeper wrote: the change has the worker’s part alone', async () => {
    const { house, top, path } = await connected();
    await connect(top, 'codex');
    assert.equal(await put(house), undefined);
    const mine = '{\n  "mcpServers": {\n    "docs": { "command": "docs" }\n  }\n}\n';
    write(path, { '.mcp.json': mine });
    assert.equal(await put(house), undefined);
    assert.match(read(path, '.mcp.json'), /"docs"[^]*LOCKKEEPER_TOKEN/);
    const paths = ['.mcp.json', '.codex/'];
    const ask = { type: 'request-scope', dispatch: 1, epoch: 1, paths, reason: 'The docs are served there' };
    await house.act(ask as never, worker(1));
    assert.ok((await house.outside.touched(1))?.some((one) => one.path === '.mcp.json'));
    await house.act({ type: 'grant-scope', request: 1 } as never, orchestrator);

    assert.deepEqual(
      (await house.outside.touched(1))?.map((one) => one.path),
      ['.mcp.json', 'src/new.js'],
    );
    assert.equal(read(path, '.mcp.json'), mine);
    assert.ok(!existsSync(join(path, '.codex')), 'what was ours alone is gone');
    assert.match(read(path, hook), /guard unavailable/, 'what is not its own stays hidden');
    const why = await put(house);
    assert.match(why?.sentence ?? '', /web\. \.mcp\.json is part [^.]+\. \.codex\/config\.toml is part/);
    assert.equal(read(path, '.mcp.json'), mine);

    write(path, { '.codex/config.toml': 'model = "mine"\n' });
    await submitted(house, ['src/new.js', '.mcp.json', '.codex/config.toml']);
    const { scope } = await seen(house);
    assert.deepEqual(scope, []);
    rmSync(join(top, '.codex'), { recursive: true });
    rmSync(join(top, '.mcp.json'));
    const reply = await approval(house);
    assert.ok(reply.ok, JSON.stringify(reply));
    assert.equal(
      git(top, 'show', '--name-only', '--format=', 'HEAD'),
      '.codex/config.toml\n.mcp.json\nsrc/new.js',
    );
    assert.equal(git(top, 'show', 'HEAD:.mcp.json'), mine.trimEnd());
  });

  it('P8: one that a review finds granted is shown there too; one that cannot be read stays hidden, and shuts the gate', async () => {
    const { house, path } = await connected();
    write(path, { [hook]: '{ "LOCKKEEPER_", broken', '.mcp.json': '{}\n' });
    const ask = { type: 'request-scope', dispatch: 1, epoch: 1, reason: 'It is about them' };
    await house.act({ ...ask, paths: ['.mcp.json', '.claude/'] } as never, worker(1));
    await house.act({ type: 'grant-scope', request: 1 } as never, orchestrator);
    await submitted(house, ['src/new.js', '.mcp.json']);
    const { files } = await measured(house);
    assert.deepEqual(
      files.map((file) => [file.path, file.hidden === true]),
      [
        ['.mcp.json', false],
        ['src/new.js', false],
        [hook, true],
      ],
    );
    assert.deepEqual((await seen(house)).scope, [wrong(hook)]);
    write(path, { [hook]: 'nothing of it, and no JSON' });
    assert.deepEqual((await seen(house)).scope, []);
    assert.ok((await measured(house)).files.some((file) => file.path === hook && !file.hidden));
  });

  it('a window that dies as it writes makes nobody a writer; a record that cannot be read shuts the gate', async () => {
    const { house, top, path } = await connected();
    await submitted(house, ['src/new.js']);
    const commonDir = join(top, '.git');
    const [record] = await readRecords(commonDir);
    const there = { path, commonDir, id: record?.id ?? '' };
    const texts = await readHiddenTexts(there);
    const [now = null] = texts.get(hook) ?? [];
    assert.equal(now, read(path, hook));
    await writeHiddenTexts(there, new Map([[hook, [now, 'what was on its way']]]));
    assert.deepEqual(await strayedIn(there), []);
    write(path, { [hook]: 'what was on its way' });
    assert.deepEqual(await strayedIn(there), []);
    write(path, { [hook]: 'what was in no way!' });
    assert.deepEqual(await strayedIn(there), [hook]);

    writeFileSync(join(commonDir, 'lockkeeper', `${there.id}.texts`), '{ "version": 1, "fi');
    const why = await house.outside.reviews.measure(1);
    assert.ok('why' in why);
    assert.match(why.why, /cannot be compared/);
    await assert.rejects(house.outside.touched(1));
  });
});
