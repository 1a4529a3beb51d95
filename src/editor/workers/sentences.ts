import { refusal } from '../../contract/refusal.ts';
import type { YesWords } from '../asking/walk.ts';
import type { KnownAgent } from './agentsPlace.ts';

type How = 'connect' | 'disconnect';

export const connect = {
  titles: {
    connect: 'Connect Worker',
    disconnect: 'Disconnect Worker',
    shell: 'Open a Terminal as a Worker',
  },
  seatTitles: {
    connect: 'Connect the Orchestrator',
    disconnect: 'Disconnect the Orchestrator',
    shell: 'Open a Terminal as the Orchestrator',
  },
  shell: (worker: string, isApart: boolean): YesWords => ({
    question: `Opens a terminal in which every program acts as ${worker}${isApart ? ', in its worktree; what connects agents here is put there too' : ''}.`,
    yes: `Open a Terminal as ${worker}`,
    no: 'Open Nothing',
  }),
  looking: 'Looking for agents',
  checking: (agent: string): string => `Hearing whether ${agent} calls`,
  whichAgent: 'Which agent?',
  whichFolder: 'In which folder does it work?',
  notFound: 'not found on the PATH',
  shown: (how: How, agent: string): string =>
    how === 'connect' ? `What connects ${agent}` : `What disconnects ${agent}`,
  confirm: (how: How, agent: string, files: readonly string[], apart: readonly string[]): YesWords =>
    how === 'connect'
      ? {
          question: `Changes ${files.join(' and ')} as shown. No token is among it.`,
          yes: `Connect ${agent}`,
          no: 'Write Nothing',
        }
      : {
          question: `Takes out of ${files.join(' and ')} what Lockkeeper wrote${besides(', and', apart)}, as shown.`,
          yes: `Disconnect ${agent}`,
          no: 'Leave It There',
        },
  done: (how: How, agent: string, files: readonly string[], apart: readonly string[]): string =>
    how === 'connect'
      ? `${agent} is connected by ${files.join(' and ')}.`
      : `${files.join(' and ')}: nothing of Lockkeeper’s is left for ${agent}${besides(', nor', apart)}.`,
  offer: (agent: string, worker: string): YesWords => ({
    question: `${agent} may act as ${worker} through this window. No file is written; no guard holds their writes up.`,
    yes: `Connect ${agent}`,
    no: 'Connect Nothing',
  }),
  offered: (agent: string, worker: string): string =>
    `${agent} find the server lockkeeper among their MCP servers, and act as ${worker}.`,
  takenBack: (agent: string): string => `${agent} are offered nothing any more.`,
  already: (agent: string): string => `${agent} is connected already.`,
  heard: (
    { label, guards }: Pick<KnownAgent, 'label' | 'guards'>,
    holder: string,
    isSeats: boolean,
  ): string =>
    `${label} is connected, and has called as ${holder}. ${
      guards
        ? `Its guard is heard with its first call of a tool${isSeats ? ', and denies its every write' : ''}; until then it is unguarded.`
        : 'Nothing holds its writes up: the review sees them.'
    }`,
  firstCall: ({ label, guards }: Pick<KnownAgent, 'label' | 'guards'>, holder: string): string =>
    `${label} works as ${holder}${guards ? ', and its guard is there' : ''}: its first call came.`,
  other: {
    label: 'Another agent…',
    description: 'by the file in which it keeps its MCP servers',
    detail: 'Its entry is written there after you saw it. For its guard see the README.',
  },
  whichFile: {
    prompt: 'In which file does it keep its MCP servers? From the folder, or from the home with ~/.',
    placeholder: '.mcp.json',
  },
  noFile: 'A JSON or TOML file in the folder, or in the home with ~/',
  whichForm: 'In which form does it keep them?',
  notHeard: (agent: string, why: string, next: string): string =>
    `The configuration of ${agent} is written. ${why} ${next}`,
} as const;

/** The worktrees that it is about too. */
function besides(joint: string, workers: readonly string[]): string {
  const many = workers.length > 1 ? 's' : '';
  return workers.length === 0 ? '' : `${joint} in the worktree${many} of ${workers.join(', ')}`;
}

export const adding = {
  installed: (agent: string, version: string, program: string) => ({
    label: agent,
    description: `${version} ${program}`.trim(),
    detail: 'Started in a terminal with its packet, connected and guarded, when its TODO is dispatched.',
  }),
  acp: {
    label: 'An agent that speaks ACP',
    detail: 'You give the command that starts it; Lockkeeper is its client, and rules on what it writes.',
  },
} as const;

export const noWorkerYet = refusal(
  'no-worker-to-connect',
  'There is no worker whose agent could be connected.',
  'Add a worker that does not work by hand.',
);

export const seatNotLent = refusal(
  'seat-not-lent',
  'The orchestrator’s seat is not lent, so there is nobody to connect as its agent.',
  'Lend the Orchestrator’s Seat first.',
);

export const nothingThere = (agent: string) =>
  refusal(
    'nothing-to-take-out',
    `Nothing is written for ${agent} here.`,
    'Choose the agent that you connected.',
  );

export const noShell = (holder: string) =>
  refusal(
    'no-shell',
    `No terminal is opened as ${holder}: one is open already, this window has no token for it, or the endpoint is not open.`,
    'Look among the terminals, or at the Workers view.',
  );

export const unsaved = (file: string) =>
  refusal('unsaved-configuration', `${file} has unsaved edits.`, 'Save or revert them, and try again.');
