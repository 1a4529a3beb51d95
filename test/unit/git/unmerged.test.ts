import assert from 'node:assert/strict';
import { openDoor, type Door } from '../../../src/agents/endpoint.ts';
import { hashToken, mintToken, tokenLifetime } from '../../../src/agents/credentials.ts';
import { openConflicts } from '../../../src/core/dispute.ts';
import { at } from '../../../src/core/table.ts';
import { connect, type Agent } from '../agents/clients.ts';
import { commit, git, Ground, write } from './given.ts';
import { closeHouses, dispatched, GitHouse, submitted } from './house.ts';

const ground = new Ground();
before(() => ground.open());
after(() => ground.close());
const claimed = { high: 'claimed', normal: 'claimed', low: 'claimed' } as const;

describe('a change that does not merge, over MCP', function () {
  this.timeout(120_000);
  let door: Door | undefined;
  let lead: Agent | undefined;

  afterEach(async () => {
    await lead?.close();
    await door?.close();
    closeHouses();
  });

  it('P7, T3: its approval opens the case, which is worked to resume; rejected, merged, approved, taken back', async () => {
    const top = ground.repository({ 'src/a.js': '1\n', 'lib/b.js': '1\n' });
    const { house, path } = await dispatched(top, 'worktree', (one) => {
      one.workspace = { ...one.workspace, evidence: claimed };
    });
    write(path, { 'src/a.js': '2\n' });
    await submitted(house, ['src/a.js']);
    commit(top, { 'src/a.js': 'another\n', 'lib/b.js': '2\n' });
    const before = git(top, 'rev-parse', 'HEAD');
    const agent = (lead = await leadOn(house));
    const own = { result: 1, judged: [{ done_when: 1, pass: true, word: 'seen in the diff' }] };

    const first = await agent.call('review_result', { result: 1 });
    assert.match(first.text, /NEXT: approve_result for result 1 is refused and opens the conflict case/);
    assert.equal(
      await agent.refused('approve_result', { ...own, shown: first.data['shown'] }),
      'merge-conflicts',
    );
    // A window that ends now loses nothing of it: the case is in the journal, and nothing has moved.
    const next = await GitHouse.open(top);
    assert.deepEqual(openConflicts(next.desk.state)[0]?.files, ['src/a.js']);
    next.close();
    assert.deepEqual([git(top, 'rev-parse', 'HEAD'), git(top, 'status', '--porcelain')], [before, '']);
    assert.match((await agent.call('list_inbox')).text, /onflict 1 over `src\/a\.js`/);
    assert.match((await agent.call('get_conflict', { conflict: 1 })).text, /NEXT: say who owns it/);

    const resolve = (step: string, more: object) =>
      agent.done('conflict_resolve', { conflict: 1, step, ...more });
    await resolve('owner', { owner: 'user', reason: 'It is on the branch' });
    await resolve('path', { path: 'owner-first', words: 'merge the branch in', work: 'nothing' });
    const evidence = { contract: 'a.js is a number', command: 'npm test', result: '12 passing' };
    await resolve('evidence', evidence);
    await resolve('resume', { reason: 'It is clear whose text stands' });
    const missing = 'src/a.js as it stands on the branch';
    const rejection = { result: 1, reason: 'Does not merge', missing, next: 'merge the branch in' };
    await agent.done('reject_result', rejection);

    git(path, 'commit', '--quiet', '--all', '--message', 'chore: mine');
    git(path, 'merge', '--quiet', '--strategy-option', 'ours', '--no-edit', 'main');
    write(path, { 'src/a.js': 'another\n2\n' });
    await submitted(house, ['src/a.js'], 2);
    const second = await agent.done('review_result', { result: 2 });
    const files = second['files'] as readonly { path: string }[];
    assert.deepEqual(
      files.map((one) => one.path),
      ['src/a.js'],
      'what it took up is not its change',
    );
    const { shown } = second;
    await agent.done('approve_result', { ...own, result: 2, shown });
    assert.equal(git(top, 'show', 'main:src/a.js'), 'another\n2');
    await agent.done('undo_approval', { result: 2, reason: 'It floods the lock' });
    assert.equal(git(top, 'show', 'main:src/a.js'), 'another');
    assert.equal(at(house.desk.state.todos, 1)?.state, 'waiting');
  });

  async function leadOn(house: GitHouse): Promise<Agent> {
    const opened = (door = await openDoor({
      desk: house.desk,
      clock: Date.now,
      log: { info: () => undefined, warn: () => undefined },
      onContact: () => undefined,
      changeOf: (result) => house.outside.reviews.measure(result),
    }));
    const token = mintToken();
    await house.act({ type: 'lend-seat', tokenHash: hashToken(token), expires: Date.now() + tokenLifetime });
    return connect(opened.url, token);
  }
});
