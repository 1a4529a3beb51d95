import assert from 'node:assert/strict';
import { linkSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../../../src/core/table.ts';
import { byHand } from '../clients.ts';
import { beginStep, openHouse, type House } from '../house.ts';
import { raw, type RawRequest, type Reply } from '../raw.ts';

const web = { seat: 'worker', worker: 1 } as const;

describe('the agents’ door: POST /guard', () => {
  let house: House;
  let token: string;
  before(async () => {
    house = await openHouse({ folders: () => [{ name: 'project', fsPath: house.folder }] });
    ({ token } = await house.addWorker('web'));
    await beginStep(house, ['Export the function total'], 'src/web/**');
    await house.act({ type: 'dispatch', worker: 1 });
    await house.act({ type: 'acknowledge', dispatch: 1, epoch: 1 }, web);
  });
  after(() => house.close());

  const ask = (request: RawRequest): Promise<Reply> => raw(house, { path: '/guard', token, ...request });
  const question = (paths: readonly unknown[], more: object = {}): object => ({
    cwd: house.folder,
    tool: 'Write',
    paths,
    write: true,
    ...more,
  });

  it('P7: rules on each path, in their order, and says what to do instead', async () => {
    const paths = ['src/web/a.ts', 'src/b.ts', join(house.folder, 'src/web/c/d.ts'), '..', 'src/web'];
    const { status, body } = await ask({ body: question(paths) });
    assert.equal(status, 200);
    const answer = JSON.parse(body) as {
      allowed: boolean;
      paths: { path: string; allowed: boolean; code?: string; sentence?: string }[];
    };
    assert.equal(answer.allowed, false);
    assert.deepEqual(
      answer.paths.map(({ path, code }) => [path, code]),
      [
        ['src/web/a.ts', undefined],
        ['src/b.ts', 'outside-scope'],
        [join(house.folder, 'src/web/c/d.ts'), undefined],
        ['..', 'no-file'],
        ['src/web', 'outside-scope'],
      ],
    );
    assert.match(answer.paths[1]?.sentence ?? '', /^`src\/b\.ts` is not in the SCOPE of your task\. .+\.$/);
    const good = await ask({ body: question(['src/web/a.ts']) });
    assert.deepEqual(JSON.parse(good.body), {
      allowed: true,
      paths: [{ path: 'src/web/a.ts', allowed: true }],
    });
  });

  it('P7: check_paths takes names as they stand in a packet, in a workspace of several folders too', async () => {
    const several = await openHouse({
      folders: () => ['api', 'web'].map((name) => ({ name, fsPath: join(several.folder, name) })),
      names: (path) => Promise.resolve({ refused: `${path} is no name` }),
    });
    try {
      for (const name of ['api', 'web']) mkdirSync(join(several.folder, name));
      const worker = await several.addWorker('web');
      await beginStep(several, ['Export the function total'], 'web/src/**');
      await several.act({ type: 'dispatch', worker: 1 });
      const agent = byHand(several, worker.token, '2025-06-18');
      const names = ['web/src/a.ts', './web/src//b.ts', 'api/src/a.ts', 'src/a.ts', 'web/../api/a.ts'];
      const { paths } = await agent.done('check_paths', { paths: names });
      assert.deepEqual(
        (paths as { allowed: boolean }[]).map(({ allowed }) => allowed),
        [true, true, false, false, false],
      );
    } finally {
      await several.close();
    }
  });

  it('P2: a call that its guard did not speak of shows that the guard is gone; until then none is missed', async () => {
    const isGuarded = (): unknown => at(house.desk.state.workers, 1)?.guarded;
    const agent = byHand(house, token, '2025-06-18');
    await ask({ body: question(['src/web/a.ts']) });
    await agent.done('get_task');
    assert.equal(isGuarded(), true);
    assert.deepEqual(pick(await ask({ body: { call: 'get_task' } })), [
      200,
      JSON.stringify({ allowed: true, paths: [] }),
    ]);
    await agent.done('get_task');
    assert.equal(isGuarded(), true);
    await agent.done('get_task');
    assert.equal(isGuarded(), false);
    await ask({ body: { call: 'get_task' } });
    assert.equal(isGuarded(), true);
    await agent.done('get_task');
    // Nobody else's word counts for it.
    const other = await house.addWorker('other');
    await ask({ body: { call: 'get_task' }, token: other.token });
    await agent.done('get_task');
    assert.equal(isGuarded(), false);
  });

  it('T1: of the seat’s guard it is known in the same way; who lends the seat anew lends it to another agent', async () => {
    const guard = (): unknown => house.desk.state.seat?.guard;
    let seat = await house.lendSeat();
    const lead = byHand(house, seat, '2025-06-18');
    await lead.done('get_status');
    assert.equal(guard(), undefined);
    await ask({ body: question(['src/web/a.ts']), token: seat });
    assert.equal(guard(), 'asks');
    await lead.done('get_status');
    assert.equal(guard(), 'asks');
    await ask({ body: { call: 'get_status' }, token: seat });
    await lead.done('get_status');
    assert.equal(guard(), 'calls');
    // A worker's word does not count for it.
    await ask({ body: { call: 'get_status' } });
    await lead.done('get_status');
    assert.equal(guard(), 'gone');
    await ask({ body: { call: 'get_status' }, token: seat });
    assert.equal(guard(), 'calls');
    await house.act({ type: 'take-seat-back', reason: '' });
    seat = await house.lendSeat();
    assert.equal(guard(), undefined);
    await house.act({ type: 'take-seat-back', reason: '' });
  });

  it('tells a stranger nothing', async () => {
    const body = question(['src/b.ts']);
    for (const wrong of ['A'.repeat(43), 'x'])
      assert.deepEqual(pick(await ask({ body, token: wrong })), [401, '']);
    for (const headers of [{ host: '127.0.0.1.evil' }, { origin: 'null' }, { origin: 'http://evil.example' }])
      assert.deepEqual(pick(await ask({ body, headers })), [403, '']);
    assert.deepEqual(pick(await ask({ body, path: `/guard/x` })), [404, '']);
    assert.equal((await ask({ method: 'GET' })).status, 405);
  });

  it('takes nothing but its question', async () => {
    for (const body of [
      {},
      question([]),
      question(['']),
      question([7]),
      question(['a'], { write: false }),
      { call: '' },
      { call: 'x'.repeat(101) },
      question(['a'], { cwd: 7 }),
      question(['x'.repeat(4_097)]),
      question(Array.from({ length: 1_001 }, () => 'a')),
      { jsonrpc: '2.0', id: 1, method: 'tools/list' },
    ]) {
      const { status, body: said } = await ask({ body });
      assert.equal(status, 400, said);
    }
    for (const text of ['{', '[]', '{"__proto__":1}', '['.repeat(10_000)])
      assert.equal((await ask({ text })).status, 400);
    assert.equal((await ask({ text: `"${'x'.repeat(1_100_000)}"` })).status, 413);
  });

  it('P7: whoever writes a folder writes all that is in it', async () => {
    const several = await openHouse({ folders: () => [{ name: 'project', fsPath: several.folder }] });
    const put = (name: string): void => {
      mkdirSync(join(several.folder, name, '..'), { recursive: true });
      writeFileSync(join(several.folder, name), '');
    };
    const told = async (path: string): Promise<string> => {
      const body = { cwd: several.folder, tool: 'Delete', paths: [path], write: true };
      return (await raw(several, { path: '/guard', token: by, body })).body;
    };
    const { token: by } = await several.addWorker('web', 'code');
    await several.act({ type: 'start', objective: 'A total', constraints: [], mode: 'orchestrator-first' });
    const packet = {
      task: 'Export the function total',
      scope: ['src', 'lib'],
      notYourJob: ['src/kept/'],
      doneWhen: ['src/a.ts exists'],
      verify: ['npm test'],
      priority: 'normal' as const,
    };
    await several.act({ type: 'add-step', title: 'Build', role: 'code', tasks: [packet] });
    await several.act({ type: 'release' });
    await several.act({ type: 'dispatch', worker: 1 });
    await several.act({ type: 'acknowledge', dispatch: 1, epoch: 1 }, web);
    try {
      for (const name of ['src/deep/a.ts', 'src/kept/b.ts', 'lib/c.ts', 'many/d.ts']) put(name);
      assert.match(await told('src/deep'), /"allowed":true/);
      assert.match(await told('lib'), /"allowed":true/);
      assert.match(await told('src'), /"allowed":false.*src\/kept\/b\.ts/);
      for (let n = 0; n < 2_001; n += 1) put(`lib/deep/${n}.ts`);
      assert.match(await told('lib'), /too-many-files.*holds more than 2000 files/);
    } finally {
      await several.close();
    }
  });

  it('P7: a path that is another place to each program is none', async () => {
    for (const path of [
      '/proc/self/cwd/src/b.ts',
      '/proc//thread-self/cwd/x',
      '/dev/fd/3',
      '/x/../proc/self/x',
    ])
      assert.match(
        (await ask({ body: question([path]) })).body,
        /no-file.*another place to each program/,
        path,
      );
    const from = question(['src/b.ts'], { cwd: '/proc/self/cwd' });
    assert.match((await ask({ body: from })).body, /no-file/);
  });

  it('P7: a file that has another name is that one too: neither is written past its owner', async () => {
    const place = (name: string): string => join(house.folder, name);
    mkdirSync(place('src/web'), { recursive: true });
    writeFileSync(place('src/own.ts'), '');
    writeFileSync(place('src/web/first.ts'), '');
    linkSync(place('src/own.ts'), place('src/web/mine.ts'));
    linkSync(place('src/web/first.ts'), place('src/web/second.ts'));
    const { body } = await ask({ body: question(['src/web/mine.ts']) });
    assert.match(body, /outside-scope.*`src\/web\/mine\.ts` is the same file as `[^`]*src\/own\.ts`/);
    assert.match((await ask({ body: question(['src/web/second.ts']) })).body, /"allowed":true/);
  });

  it('P2: a task that was withdrawn and sent again is to be taken again before anything is written', async () => {
    const asks = question(['src/web/a.ts']);
    await house.act({ type: 'withdraw', dispatch: 1, reason: 'Another way' });
    await house.act({ type: 'dispatch', worker: 1 });
    const { body } = await ask({ body: asks });
    assert.match(body, /not-taken.*Your task is 2\.1 now, and you have not taken it/);
    await house.act({ type: 'acknowledge', dispatch: 2, epoch: 1 }, web);
    assert.match((await ask({ body: asks })).body, /"allowed":true/);
  });

  it('T2: while an instruction stands nothing is written outside of the workspace either', async () => {
    const outside = question(['/tmp/lockkeeper-none/x']);
    assert.match((await ask({ body: outside })).body, /"allowed":true/);
    await house.act({ type: 'instruct', words: 'Stop. The total is in cents.' });
    assert.match((await ask({ body: outside })).body, /"allowed":false.*The total is in cents/);
    await house.act({ type: 'carry-on', instruction: 1 });
    assert.match((await ask({ body: outside })).body, /"allowed":true/);
  });

  it('T1: nothing is written under the orchestrator’s credential, in a scope or beside it', async () => {
    const seat = await house.lendSeat();
    const { body } = await ask({ body: question(['src/web/a.ts', '/tmp/lockkeeper-none/x']), token: seat });
    const { allowed, paths } = JSON.parse(body) as { allowed: boolean; paths: { sentence?: string }[] };
    assert.equal(allowed, false);
    for (const { sentence } of paths) assert.match(sentence ?? '', /coordinates and does not execute/);
  });

  it('P7: claims in the question change nothing: the token says who asks', async () => {
    const other = await house.addWorker('docs');
    const body = question(['src/web/a.ts'], { worker: 1, holder: { seat: 'worker', worker: 1 } });
    const { body: said } = await ask({ body, token: other.token });
    assert.match(said, /"allowed":false.*no-task/);
  });
});

const pick = ({ status, body }: Reply): [number, string] => [status, body];
