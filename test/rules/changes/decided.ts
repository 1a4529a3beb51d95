import { off, type Change } from '../rules.ts';

const decided = 'core/decided.ts';
const told = 'core/views/decisions.ts';
const ways = 'editor/decided/ways.ts';

/** P2: what the agent in the seat decided is shown to the user, who takes it over. */
export const decidedChanges: readonly Change[] = [
  off('P2', 'core/decisive.ts', 'An agent’s move is shown to nobody.', "  'todo-moved': 'todo',\n", ''),
  off('P2', 'core/decisive.ts', 'A granted scope is shown to nobody.', "  'scope-granted': 'request',\n", ''),
  off(
    'P2',
    decided,
    'What the user did is taken for the agent’s.',
    "actor === 'orchestrator'",
    "actor === 'orchestrator' || actor === 'user'",
  ),
  off(
    'P2',
    decided,
    'What the user said otherwise stands as the agent’s.',
    'one.what !== what || one.n !== n',
    'isAgents ? one.what !== what || one.n !== n : true',
  ),
  off(
    'P2',
    decided,
    'A packet that the user wrote anew stands as the agent’s.',
    "event.type === 'todo-edited' && !isAgents",
    'false',
  ),
  off('P2', told, 'What has left the list is shown as placed.', "todo?.state === 'waiting' ?", 'todo ?'),
  off(
    'P2',
    told,
    'What was granted to a task that is over is shown as given.',
    'dispatch && dispatch.over === undefined ?',
    'dispatch ?',
  ),
  off(
    'P2',
    told,
    'A lock that the user handed over is shown as the agent’s.',
    'lock?.by === agents && lock.over',
    'lock && lock.over',
  ),
  off(
    'P2',
    ways,
    'An answer that its worker has is offered to be replaced.',
    'at(state.questions, n)?.heardAt === undefined',
    'true',
  ),
  off('P2', ways, 'A granted scope has no way back.', "    case 'scope-granted':\n", ''),
  off(
    'P2',
    ways,
    'What is closed is offered to be undone.',
    'if (!openOrchestration(state)) return opening;',
    '',
  ),
];
