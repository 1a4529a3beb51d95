/** A process with a disk of its own under TMPDIR, which it fills in the middle of an approval, and of its undo. */
import assert from 'node:assert/strict';
import { closeSync, openSync, rmSync, truncateSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { hook, inReview, refusalOf } from './approving.ts';
import { git, Ground } from './given.ts';
import type { Act } from '../../../src/contract/acts.ts';
import { judged } from '../core/drafts.ts';
import { closeHouses, measured } from './house.ts';
import { cleared, everything } from './noRoom.ts';

const ground = new Ground();
await ground.open();
const filler = join(tmpdir(), 'filler');
const empty = (): void => rmSync(filler, { force: true });

/** All of the disk but so many bytes. */
function fill(but: number): void {
  const handle = openSync(filler, 'w');
  const some = Buffer.alloc(1 << 16);
  let size = 0;
  try {
    for (;;) size += writeSync(handle, some);
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
  }
  closeSync(handle);
  truncateSync(filler, Math.max(0, size - but));
}

const old = 'what was there\n'.repeat(20_000);
const top = ground.repository({ 'src/long.js': old, 'b.txt': 'b\n' });
const { house } = await inReview(top, 'worktree', {
  'src/long.js': `${old}and more\n`,
  // Git packs it to next to nothing, so only its file needs the room.
  'src/new.js': 'new\n'.repeat(1_000_000),
});
const { shown } = await measured(house);
let tries = 0;
const approve = (): Act =>
  ({ type: 'approve', result: 1, shown, judged, message: `feat: try ${(tries += 1)}` }) as never;
const undo = { type: 'undo-approval', result: 1, reason: 'It was wrong' } as const;
for (const [word, act] of [
  ['approved', approve],
  ['undone', () => undo],
] as const) {
  const before = everything(house);
  const isRefused = async (where: string): Promise<void> => {
    const why = refusalOf(await house.submit(act()));
    empty();
    const said = `${where}: ${why.sentence} ${why.next}`;
    assert.match(said, /The disk is full\. .*(?:Make room|Free some space),? (?:then|and) [^.]* again/, said);
    assert.doesNotMatch(said, /stands there still|Save or discard/);
    // The journal that found no room looks again when it is asked.
    house.journal.receipt('none');
    assert.equal(everything(house), before, where);
  };
  for (const but of [0, 1 << 20]) {
    if (word === 'undone' && but > 0) continue;
    fill(but);
    await isRefused(`${but} bytes are left`);
  }
  // From here on a hook fills it: what is kept back for the way back is all there is.
  for (const name of ['commit-msg', 'post-commit']) {
    hook(top, name, `cat /dev/zero > '${filler}' 2>/dev/null\nexit 0`);
    await isRefused(`full after ${name}`);
    rmSync(join(top, '.git', 'hooks', name));
  }
  const reply = await house.submit(act());
  assert.ok(reply.ok, JSON.stringify(reply));
  await cleared(top);
  process.stdout.write(`${word}\n`);
}
assert.equal(git(top, 'rev-list', '--count', 'main'), '3');
closeHouses();
await ground.close();
