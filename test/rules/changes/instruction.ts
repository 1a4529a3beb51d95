import { off, type Change } from '../rules.ts';

const instruction = 'core/instruction.ts';
const instructing = 'core/instructing.ts';
const settled = 'result during an instruction';

/** T2: what the user says while work is under way. */
export const instructionChanges: readonly Change[] = [
  off(
    'T2',
    'core/orchestration.ts',
    'Everything goes on while an instruction stands.',
    'if (stopped) return { events: [], refusal: stopped };',
  ),
  off('T2', instruction, 'A result is turned away while one stands.', "  'submit',\n", '', settled),
  off('T2', instruction, 'A question is turned away while one stands.', "  'ask',\n"),
  off('T2', instruction, 'Nothing is withdrawn while one stands.', "  'withdraw',\n"),
  off('T2', instruction, 'Nothing is dropped while one stands.', "  'drop-todo',\n"),
  off('T2', instruction, 'A second one is turned away.', "  'instruct',\n"),
  off(
    'T2',
    instruction,
    'Work is approved while one stands.',
    "  'submit',\n",
    "  'submit',\n  'approve',\n",
  ),
  off('T2', instruction, 'The words are tidied up.', '“${words', '“${words.trim()'),
  off(
    'T2',
    'core/ownership.ts',
    'A worker writes while one stands.',
    "return instruction ? no('instruction-stands', instructionWords(instruction), parking) : { dispatch };",
    'return { dispatch };',
  ),
  off('T2', instructing, 'A blank one stops everything.', 'if (isBlank(act.words)) {', 'if (false) {'),
  off('T2', instructing, 'They end in any order.', 'first.n !== act.instruction', 'false'),
  off('T2', 'desk/authority.ts', 'An agent instructs.', 'instruct: userAlone,', 'instruct: leads,'),
  off(
    'T2',
    'desk/authority.ts',
    'An agent lets work carry on.',
    "'carry-on': userAlone,",
    "'carry-on': leads,",
  ),
  off(
    'P2',
    'core/views/nextAction.ts',
    'The instruction is not the next thing.',
    'if (instruction) {',
    'if (false) {',
  ),
  off(
    'P2',
    'core/views/inbox.ts',
    'The instruction does not lead the Inbox.',
    '...instructionEntries(state),',
  ),
];
