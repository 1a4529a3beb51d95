import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { hashToken, mintToken, tokenLifetime } from '../../../src/agents/credentials.ts';
import { openDoor, type Door } from '../../../src/agents/endpoint.ts';
import { at } from '../../../src/core/table.ts';
import { plainWorkspace } from '../../../src/core/workspace.ts';
import { inLong, mark } from '../../rig/long.ts';
import { connect, type Agent } from '../agents/clients.ts';
import { judged } from '../core/drafts.ts';
import { begin, commit, git, Ground, write } from './given.ts';
import { closeHouses, dispatched, measured, ranHard, submitted, type GitHouse } from './house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());
afterEach(closeHouses);

const claimed = { high: 'claimed', normal: 'claimed', low: 'claimed' } as const;
const files = ['src/gate.js', 'src/lock.js', 'src/deep/level.js', 'README.md'] as const;

async function inReview(
  mode: 'worktree' | 'shared',
): Promise<{ house: GitHouse; path: string; top: string }> {
  const top = ground.repository({
    ...Object.fromEntries(files.map((file) => [file, `// ${file}\n`])),
    'package.json': JSON.stringify({ scripts: { test: 'node --version' } }),
  });
  const given = await dispatched(top, mode, (house) => {
    house.workspace = { ...house.workspace, evidence: claimed };
  });
  write(given.path, { 'src/gate.js': '// shut\n', 'src/new.js': '// new\n' });
  await submitted(given.house, ['src/gate.js', 'src/new.js']);
  return { ...given, top };
}

/** What somebody does to a working folder after its change was shown; gives the way back. */
type Deed = (path: string, pick: number, words: string) => () => void;

const named = (path: string, pick: number): string => join(path, files[pick % files.length] ?? files[0]);

function written(file: string, bytes: string | Uint8Array): () => void {
  const before = readFileSync(file);
  writeFileSync(file, bytes);
  return () => writeFileSync(file, before);
}

const deeds: Readonly<Record<string, Deed>> = {
  'one character more': (path, pick) => {
    const file = named(path, pick);
    return written(file, `${readFileSync(file, 'utf8')} `);
  },
  'other words': (path, pick, words) => written(named(path, pick), `// ${words} and else\n`),
  'no bytes': (path, pick) => written(named(path, pick), ''),
  'bytes that are no text': (path, pick) => written(named(path, pick), Buffer.from([0, 1, 2, pick % 256])),
  'other ends of lines': (path, pick) => {
    const file = named(path, pick);
    return written(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
  },
  'a file more': (path, pick, words) => {
    const file = join(path, `src/more-${pick}.txt`);
    writeFileSync(file, words);
    return () => rmSync(file);
  },
  'a file less': (path, pick) => {
    const file = named(path, pick);
    const before = readFileSync(file);
    rmSync(file);
    return () => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, before);
    };
  },
  'another name': (path, pick) => {
    const file = named(path, pick);
    renameSync(file, `${file}.old`);
    return () => renameSync(`${file}.old`, file);
  },
  'a mode': (path, pick) => {
    const file = named(path, pick);
    chmodSync(file, 0o755);
    return () => chmodSync(file, 0o644);
  },
  'a link in its place': (path, pick) => {
    const file = named(path, pick);
    const before = readFileSync(file);
    rmSync(file);
    symlinkSync('elsewhere', file);
    return () => {
      rmSync(file);
      writeFileSync(file, before);
    };
  },
  'a repository within': (path, pick) => {
    const inner = join(path, `src/inner-${pick}`);
    mkdirSync(inner);
    begin(inner);
    commit(inner, { 'a.txt': 'a\n' });
    return () => rmSync(inner, { recursive: true });
  },
  'what was shown, taken back': (path) => written(join(path, 'src/gate.js'), '// src/gate.js\n'),
};

describe('what was shown', function () {
  this.timeout(120_000);

  for (const [mode, all] of [
    ['worktree', 130],
    ['shared', 70],
  ] as const) {
    const kinds = Object.keys(deeds);
    const cases = inLong(all, kinds.length);
    it(`P8: ${cases} changes since it was shown are refused, each, in a ${mode} folder; what was shown is approved${mark}`, async () => {
      const { house, path } = await inReview(mode);
      const { shown } = await measured(house);
      const approve = { type: 'approve', result: 1, shown, judged } as never;
      // Each kind in its turn, so that the short form has one of each.
      let turn = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat({ max: 999 }), fc.string(), async (pick, words) => {
          const name = kinds[(turn += 1) % kinds.length] ?? '';
          const undo = deeds[name]?.(path, pick, words);
          const reply = await house.submit(approve).finally(undo);
          assert.ok(!reply.ok, name);
          assert.equal(reply.refusal.code, 'changed-since-shown', `${name}: ${reply.refusal.sentence}`);
          assert.match(reply.refusal.next, /Open result 1 again/);
        }),
        { numRuns: cases, endOnFailure: true },
      );
      await house.act(approve);
    });
  }
});

describe('a review by an orchestrator over MCP', function () {
  this.timeout(120_000);
  let door: Door | undefined;
  let lead: Agent | undefined;

  afterEach(async () => {
    await lead?.close();
    await door?.close();
  });

  async function leadOf(house: GitHouse): Promise<Agent> {
    door = await openDoor({
      desk: house.desk,
      clock: Date.now,
      log: { info: () => undefined, warn: () => undefined },
      onContact: () => undefined,
      changeOf: (result) => house.outside.reviews.measure(result),
    });
    const token = mintToken();
    await house.act({ type: 'lend-seat', tokenHash: hashToken(token), expires: Date.now() + tokenLifetime });
    return (lead = await connect(door.url, token));
  }

  it('P8, P12: gates, files and what it is shown; a refusal, a rejection, and the commit on the branch', async () => {
    const { house, path, top } = await inReview('worktree');
    write(path, { 'README.md': '// not its job\n' });
    const agent = await leadOf(house);
    const own = { result: 1, judged: [{ done_when: 1, pass: true, word: 'seen in the diff' }] };

    const first = await agent.done('review_result', { result: 1 });
    const gates = first['gates'] as readonly { gate: string; pass: boolean; reasons: readonly string[] }[];
    assert.deepEqual(
      gates.map(({ gate, pass }) => [gate, pass]),
      [
        ['objective', false],
        ['scope', false],
        ['conflict', true],
        ['evidence', true],
      ],
    );
    assert.deepEqual(gates[1]?.reasons, ['`README.md` is outside SCOPE.']);
    const [worst] = first['files'] as readonly { path: string; why: string }[];
    assert.equal(worst?.path, 'README.md');
    assert.deepEqual(first['unsaid'], ['README.md']);
    assert.deepEqual(first['judge'], [
      { todo: 1, done_when: 1, text: '`npm test` passes and prints "Add the sluice"' },
    ]);

    assert.equal(await agent.refused('approve_result', own), 'not-shown');
    assert.equal(await agent.refused('approve_result', { ...own, shown: first['shown'] }), 'gate-failed');
    const missing = 'README.md:1: it is not its job';
    await agent.done('reject_result', { result: 1, reason: 'Beyond it', missing, next: 'Take it back' });
    assert.equal(at(house.desk.state.results, 1)?.rejection?.missing, missing);

    write(path, { 'README.md': '// README.md\n' });
    await submitted(house, ['src/gate.js', 'src/new.js'], 2);
    assert.equal(
      await agent.refused('approve_result', { ...own, result: 2, shown: first['shown'] }),
      'changed-since-shown',
    );
    const second = await agent.done('review_result', { result: 2 });
    assert.deepEqual(
      (second['gates'] as typeof gates).filter(({ gate }) => gate !== 'objective').map(({ pass }) => pass),
      [true, true, true],
    );
    const { shown } = second;
    const message = 'feat(gate): shut it';
    assert.equal(
      await agent.refused('approve_result', { ...own, result: 2, shown, message: 'shut it' }),
      'message-unconventional',
    );
    await agent.done('approve_result', { ...own, result: 2, shown, message });
    const log = git(top, 'log', '-1', '--format=%B', 'main');
    assert.match(log, /^feat\(gate\): shut it\n/);
    assert.match(log, /^Lockkeeper-TODO: 1$/m);
    assert.equal(git(top, 'status', '--porcelain'), '');
    assert.match(String(at(house.desk.state.results, 2)?.approval?.commit), /^[0-9a-f]{40}$/);
  });

  it('P1, P8: reviewed hard, a word for each gate is asked for by name; no argument passes over one that fails', async () => {
    const { house, path, top } = await inReview('worktree');
    const agent = await leadOf(house);
    house.workspace = { ...house.workspace, evidence: plainWorkspace.evidence };
    const { shown } = await agent.done('review_result', { result: 1 });
    const own = { result: 1, shown, judged: [{ done_when: 1, pass: true, word: 'seen in the diff' }] };
    assert.equal(await agent.refused('approve_result', own), 'gate-failed', 'nothing was run yet');
    await agent.done('review_hard', { result: 1 });
    const asked = [...house.journal.read(0)].at(-1);
    assert.deepEqual([asked?.type, asked?.body], ['verify-asked', '{"result":1,"hard":true}']);
    await ranHard(house);

    const seen = await agent.done('review_result', { result: 1 });
    const gates = ['scope', 'conflict', 'evidence'];
    assert.deepEqual(
      (seen['judge'] as readonly { gate?: string }[]).flatMap(({ gate }) => gate ?? []),
      gates,
    );
    for (const [index, name] of ['Scope compliance', 'Conflict risk', 'Evidence quality'].entries()) {
      const words = gates.slice(0, index).map((gate) => ({ gate, pass: true, word: 'I looked at it' }));
      const reply = await agent.call('approve_result', { ...own, judged: [...own.judged, ...words] });
      assert.equal(reply.data['code'], 'not-judged');
      assert.match(reply.text, new RegExp(`^REFUSED not-judged: ${name} is not judged`));
    }
    const judged = [...own.judged, ...gates.map((gate) => ({ gate, pass: true, word: 'I looked at it' }))];
    const wordless = judged.map((one) => ({ ...one, ...('gate' in one ? { word: ' ' } : {}) }));
    assert.equal(await agent.refused('approve_result', { ...own, judged: wordless }), 'judged-wordless');

    // What fails is ticked by nobody, by whatever word or argument.
    write(path, { 'README.md': '// not its job\n' });
    const now = await agent.done('review_result', { result: 1 });
    const past = { ...own, judged, shown: now['shown'] };
    assert.equal(await agent.refused('approve_result', past), 'gate-failed');
    const override = { gates: ['scope', 'evidence'], reason: 'The user said so' };
    const given = await agent.call('approve_result', { ...past, override });
    assert.ok(given.refused, given.text);
    assert.match(given.text, /override/);
    assert.equal(at(house.desk.state.results, 1)?.state, 'review');
    write(path, { 'README.md': '// README.md\n' });

    await agent.done('approve_result', { ...own, judged });
    assert.match(git(top, 'log', '-1', '--format=%B', 'main'), /^Lockkeeper-TODO: 1$/m);
    const words = at(house.desk.state.results, 1)?.approval?.judged?.map(({ what, word }) => [what, word]);
    assert.deepEqual(
      words?.slice(1),
      gates.map((gate) => [gate, 'I looked at it']),
    );
  });
});
