import assert from 'node:assert/strict';
import { initial, type State } from '../../../src/core/state.ts';
import { longestPage, pageStarts, rowsOf } from '../../../src/editor/tree/pages.ts';
import type { Listing, Row } from '../../../src/editor/tree/row.ts';
import { lockRows } from '../../../src/editor/workers/lockRows.ts';
import { workersTree } from '../../../src/editor/workers/workerRows.ts';
import { released, together } from '../core/given.ts';
import { user } from '../core/history.ts';

const each = ({ ids, row }: Listing): readonly Row[] => ids.map((_, index) => row(index));
const seen = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ label, description }) => `${label} | ${description}`);
const owned = (state: State): Row | undefined =>
  each(
    workersTree(state, {
      lastContact: () => undefined,
      trial: () => undefined,
      trust: () => Promise.resolve(undefined),
      calls: () => 0,
      strangerAt: undefined,
      outdated: [],
      door: { kind: 'serving', url: '' },
      now: 1_000,
      folders: [],
      locks: lockRows(state, 61_000),
    }),
  ).find(({ id }) => id === 'owned');
const below = (state: State): readonly Row[] => each(owned(state)?.children?.() ?? lockRows(state, 0));
const reason = 'It is being rewritten';

describe('owned files in the tree', () => {
  it('P1: are those locked by hand and those of live tasks, each with who has it and how it comes free', async () => {
    const history = together(['src/a/**'], ['src/b/**', 'docs/']);
    history.does(user, { type: 'lock-scope', scope: ['lib/'], holder: { kind: 'user' }, reason });
    history.does(user, { type: 'lock-scope', scope: ['api/x.ts'], holder: { kind: 'closed' }, reason });
    assert.equal(owned(history.state)?.description, '4');
    const rows = below(history.state);
    assert.deepEqual(seen(rows), [
      `lib/ | the user, lock 1: ${reason}`,
      `api/x.ts | nobody (closed to all), lock 2: ${reason}`,
      'src/a/** | web for TODO 1',
      'src/b/**, docs/ | hand 3 for TODO 2',
    ]);
    assert.deepEqual(
      rows.map(({ context, argument }) => [context, argument]),
      [
        ['owned lock', { lock: 1 }],
        ['owned lock', { lock: 2 }],
        ['owned dispatch', { dispatch: 1, worker: 1 }],
        ['owned dispatch', { dispatch: 2, worker: 3 }],
      ],
    );
    assert.equal(rows[0]?.spoken, `lib/, kept for the user, lock 1: ${reason}`);
    assert.equal(rows[2]?.spoken, 'src/a/**, belongs to web for TODO 1');
    assert.match((await rows[0]?.tooltip?.()) ?? '', /Locked by the user, just now\nlib\/$/);
    assert.match((await rows[3]?.tooltip?.()) ?? '', /SCOPE:\nsrc\/b\/\*\*\ndocs\//);
    history.does(user, { type: 'release-lock', lock: 1, reason });
    assert.equal(owned(history.state)?.description, '3');
  });

  it('are shown as none where nothing is owned, and not at all before there is a worker', () => {
    const history = released('Refuse a negative depth');
    const row = owned(history.state);
    assert.deepEqual([row?.description, row?.spoken], ['none', 'Owned files, none']);
    const [only, ...others] = below(history.state);
    assert.deepEqual([seen(only ? [only] : []), others], [['Nothing is owned | lock files by hand'], []]);
    assert.equal(only?.open?.command, 'lockkeeper.lockScope');
    assert.equal(owned(initial), undefined);
  });

  it('come a page at a time where they are many', () => {
    const history = released('Refuse a negative depth');
    for (let n = 1; n <= longestPage + 1; n += 1)
      history.does(user, { type: 'lock-scope', scope: [`src/${n}/`], holder: { kind: 'user' }, reason });
    const group = owned(history.state);
    const whole = group?.children?.();
    assert.ok(whole);
    assert.equal(group?.description, 'over 300');
    const pages = rowsOf(whole, pageStarts(whole.ids, new Set()));
    assert.deepEqual(
      pages.map(({ label, description }) => [label, description]),
      [
        ['src/1/ … src/200/', '200'],
        ['src/201/ … src/301/', '101'],
      ],
    );
  });

  it('never draw an agent’s words as anything but words', async () => {
    const history = released('Refuse a negative depth');
    const hidden = 'Mine\u202e now';
    history.does(user, { type: 'lock-scope', scope: ['lib/'], holder: { kind: 'user' }, reason: hidden });
    const [row] = below(history.state);
    assert.ok(row?.description?.includes('\\u{202e}'));
    assert.ok(row?.spoken.includes('\\u{202e}'));
    assert.ok((await row?.tooltip?.())?.includes('\\u{202e}'));
  });
});
