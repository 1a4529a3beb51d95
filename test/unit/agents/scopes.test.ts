import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../../src/core/table.ts';
import { connect, type Agent } from './clients.ts';
import { openHouse, packetFor, type House } from './house.ts';

describe('the agents’ door: whose files they are', () => {
  let house: House;
  let token: string;
  let web: Agent;
  let lead: Agent;
  const reason = 'It is needed so';

  beforeEach(async () => {
    const place = (): readonly { name: string; fsPath: string }[] => [{ name: 'app', fsPath: house.folder }];
    house = await openHouse({ folders: place });
    ({ token } = await house.addWorker('web'));
    web = await connect(house.door.url, token);
    await house.addWorker('api');
    lead = await connect(house.door.url, await house.lendSeat());
    await house.act({ type: 'start', objective: 'Sum', constraints: [], mode: 'orchestrator-first' });
    const tasks = [
      packetFor('Export the function total', 'src/a.ts'),
      packetFor('Add the file b', 'src/b.ts'),
    ];
    await house.act({ type: 'add-step', title: 'Totals', role: 'any', tasks });
    await house.act({ type: 'release' });
  });
  afterEach(async () => {
    for (const agent of [web, lead]) await agent.close();
    await house.close();
  });

  const words = async (agent: Agent, name: string, input = {}): Promise<string> =>
    (await agent.call(name, input)).text;

  const together = () =>
    lead.done('dispatch_side_by_side', {
      parts: [
        { todo: 1, worker: 'web' },
        { todo: 2, worker: 'api' },
      ],
      reason,
    });

  it('P1: the orchestrator sends side by side, sees what is owned, locks, hands over and releases', async () => {
    await together();
    await lead.done('scope_lock', { scope: ['docs/'], holder: 'closed', reason });
    assert.equal(
      await lead.refused('scope_lock', { scope: ['src/a.ts'], holder: 'api', reason }),
      'scope-owned',
    );
    assert.equal(
      await lead.refused('scope_lock', { scope: ['x.ts'], holder: 'orchestrator', reason }),
      'not-the-orchestrators',
    );
    await lead.done('scope_hand_over', { lock: 1, holder: 'web', reason });
    const text = await words(lead, 'list_scopes');
    assert.match(text, /docs\/: web \(lock 1/);
    assert.match(text, /src\/b.ts: api for TODO 2/);
    await lead.done('scope_release', { lock: 1, reason });
    assert.doesNotMatch(await words(lead, 'list_scopes'), /docs/);
  });

  it('P7: files are locked and asked for by the name they have, not through a link', async () => {
    await together();
    mkdirSync(join(house.folder, 'src/c'), { recursive: true });
    symlinkSync(join(house.folder, 'src'), join(house.folder, 'lib'));
    const lock = { scope: ['lib/c/'], holder: 'closed', reason };
    assert.equal(await lead.refused('scope_lock', lock), 'scope-linked');
    const asked = { task: '1.1', paths: ['lib/c/x.ts'], reason };
    assert.equal(await web.refused('request_scope', asked), 'scope-linked');
    assert.match(await words(web, 'request_scope', asked), /Write `src\/c\/x\.ts` in its place/);
    await web.done('request_scope', { ...asked, paths: ['src/c/x.ts'] });
  });

  it('P2: a worker asks what it may write, asks for more, and hears of the answer at its next contact', async () => {
    await together();
    const text = await words(web, 'check_paths', { paths: ['src/a.ts', 'src/b.ts', 'src/c.ts'] });
    assert.match(text, /src\/a.ts: yes/);
    assert.match(text, /src\/b.ts: NO\. `src\/b.ts` belongs to api for TODO 2\. Ask with request_scope/);
    assert.match(text, /src\/c.ts: NO\./);
    await web.done('request_scope', { task: '1.1', paths: ['src/c.ts'], reason });
    await web.done('request_scope', { task: '1.1', paths: ['src/d.ts'], reason });
    await lead.done('grant_scope', { request: 1 });
    await lead.done('decline_scope', { request: 2, reason: 'It is of the next step' });
    const said = await words(web, 'report_progress', { task: '1.1', text: 'half way' });
    assert.match(said, /REQUEST 1 \(src\/c.ts\) is granted/);
    assert.match(said, /REQUEST 2 \(src\/d.ts\) is declined: It is of the next step/);
    assert.match(await words(web, 'check_paths', { paths: ['src/c.ts'] }), /yes/);
  });

  it('P7: a request for what another works on becomes a conflict, which is worked step by step', async () => {
    await together();
    await web.done('request_scope', { task: '1.1', paths: ['src/b.ts'], reason });
    await lead.done('grant_scope', { request: 1 });
    assert.match(await words(web, 'get_task'), /FROZEN: Conflict 1 over `src\/b.ts`/);
    assert.match(await words(lead, 'get_conflict', { conflict: 1 }), /NEXT: say who owns it/);
    const resolve = (step: string, more: object) => ({ conflict: 1, step, ...more });
    assert.equal(await lead.refused('conflict_resolve', resolve('resume', { reason })), 'step-skipped');
    assert.equal(await lead.refused('conflict_resolve', resolve('owner', {})), 'bad-arguments');
    assert.equal(
      await lead.refused('conflict_resolve', resolve('owner', { owner: 'user', reason })),
      'not-a-side',
    );
    await lead.done('conflict_resolve', resolve('owner', { owner: 'api', reason }));
    const path = { path: 'owner-first', words: 'api ends first', work: 'nothing' };
    await lead.done('conflict_resolve', resolve('path', path));
    const evidence = { contract: 'total() stays', command: 'npm test', result: '12 passing' };
    await lead.done('conflict_resolve', resolve('evidence', evidence));
    await lead.done('conflict_resolve', resolve('resume', { reason }));
    assert.doesNotMatch(await words(web, 'get_task'), /FROZEN/);
    await lead.done('open_conflict', { files: ['src/a.ts'], sides: ['web', 'user'], noticed: reason });
    assert.equal(
      await lead.refused('conflict_resolve', resolve('owner', { owner: 'web', reason })),
      'conflict-not-open',
    );
    assert.equal(
      await lead.refused('conflict_resolve', { ...resolve('owner', { owner: 'web', reason }), conflict: 2 }),
      'user-only',
    );
  });

  it('P7: the first question of its guard marks a worker guarded', async () => {
    assert.notEqual(at(house.desk.state.workers, 1)?.guarded, true);
    const ask = () =>
      fetch(new URL('/guard', house.door.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ cwd: house.folder, paths: ['src/a.ts'], write: true }),
      });
    assert.equal((await ask()).status, 200);
    await ask();
    assert.equal(at(house.desk.state.workers, 1)?.guarded, true);
    const marks = house.journal.read(0).filter(({ type }) => type === 'worker-guarded');
    assert.equal([...marks].length, 1);
  });
});
