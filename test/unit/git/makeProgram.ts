/** A process of its own that makes a worktree (or removes one) and dies by SIGKILL at the step its argument names. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { removeWorktree } from '../../../src/git/unmaking.ts';
import { filesOf } from '../../../src/git/worktreeRecords.ts';
import { makeWorktree } from '../../../src/git/worktrees.ts';
import { orderFor, processes } from './given.ts';

const [top = '', dieAt = '', dispatch = '1'] = process.argv.slice(2);
const die = (): void => process.kill(process.pid, 'SIGKILL') as unknown as void;
/** The setup that ends its maker, as soon as the record names it: not what is still to be put in the record's place. */
const killsOnceRecorded = `
  const { readdirSync, readFileSync } = require('node:fs');
  const folder = ${JSON.stringify(dirname(filesOf(join(top, '.git'), 'any').record))};
  const named = new RegExp('\\\\D' + process.pid + '\\\\D');
  const isNamed = ({ parentPath, name }) => named.test(readFileSync(parentPath + '/' + name, 'utf8'));
  const look = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).some((one) => one.name.endsWith('.json') && isNamed(one))
      ? process.kill(process.ppid, 'SIGKILL')
      : setTimeout(look, 10);
  look();
  setInterval(() => {}, 1000);
`;
const order = await orderFor(top, {
  dispatch: Number(dispatch),
  link: ['deps'],
  setup: {
    argv: [process.execPath, '-e', dieAt === 'in setup' ? killsOnceRecorded : ''],
    folder: '',
    env: {},
    milliseconds: 60_000,
  },
  onStep: (step) => step === dieAt && die(),
});
const made = await makeWorktree(order);
if (!made.ok) throw new Error(made.refusal.sentence);
if (dieAt === 'removing') {
  const { commonDir } = order.repository;
  const dieThen = (): void =>
    readFileSync(filesOf(commonDir, made.worktree.id).record, 'utf8').includes('"removing"')
      ? die()
      : void setImmediate(dieThen);
  dieThen();
  await removeWorktree(top, commonDir, made.worktree, processes);
}
