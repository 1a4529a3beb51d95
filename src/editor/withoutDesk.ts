import * as vscode from 'vscode';
import type { House } from './house.ts';

/** What there is with and without a desk. */
export type Seen = Pick<House, 'context' | 'log' | 'rehearsal' | 'names' | 'workspace'>;

/** What stands there in its place. */
export const withoutDesk: Omit<House, keyof Seen | 'why'> = {
  desk: undefined,
  trouble: undefined,
  credentials: {
    mint: nothingYet,
    lendSeat: nothingYet,
    connection: () => Promise.resolve(undefined),
  },
  door: {
    standing: { kind: 'off', reason: 'No folder is open, or it is not trusted.' },
    strangerAt: undefined,
    onChange: () => new vscode.Disposable(() => undefined),
  },
  teller: { take: () => undefined, isMine: () => true },
  journal: {
    notices: () => [],
    reopen: () => Promise.resolve(undefined),
    acceptAsItIs: () => Promise.resolve(undefined),
  },
  orphans: { find: () => Promise.resolve([]), adopt: () => Promise.resolve(undefined) },
  playbooks: nothingYet,
  agents: nothingYet,
  outdated: { all: [], look: () => Promise.resolve() },
  verifyPlace: nothingYet,
  lastContact: () => undefined,
  trial: () => undefined,
  toolCalls: { madeNow: () => 0, onMore: () => new vscode.Disposable(() => undefined) },
  changes: { measure: nothingYet, contentOf: nothingYet },
  worktrees: {
    left: () => Promise.resolve([]),
    remove: nothingYet,
    touched: nothingYet,
    placed: nothingYet,
    file: nothingYet,
  },
  openShell: nothingYet,
  showTerminal: () => undefined,
  openQuestions: () => undefined,
};

function nothingYet(): never {
  throw new Error('There is no desk.');
}
