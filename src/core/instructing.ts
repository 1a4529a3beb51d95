import { accept, refuse, type Deciders } from './decision.ts';
import { instructionWords, standingInstructions } from './instruction.ts';
import { isBlank } from './labels.ts';

export const instructionDeciders: Deciders<'instruct' | 'carry-on'> = {
  /** T2: refused for no reason of state. */
  instruct: (state, { act }) => {
    if (isBlank(act.words)) {
      return refuse('instruction-blank', 'The instruction says nothing.', 'Say what is wanted.');
    }
    const instruction = state.instructions.size + 1;
    return accept(
      [{ type: 'instructed', instruction, words: act.words, ...(act.stop ? { stop: true } : {}) }],
      `Everything is stopped; every worker hears it in your words.${act.stop ? ' What was launched is asked to end.' : ''}`,
      { instruction },
    );
  },

  /** T2: they end in the order they were given. */
  'carry-on': (state, { act }) => {
    const standing = standingInstructions(state);
    const [first] = standing;
    if (!standing.some(({ n }) => n === act.instruction)) {
      return refuse(
        'no-instruction',
        `Instruction ${act.instruction} does not stand.`,
        first ? `Instruction ${first.n} is the first that does.` : 'Nothing is stopped.',
      );
    }
    if (first && first.n !== act.instruction) {
      return refuse(
        'instruction-before',
        `An earlier one stands. ${instructionWords(first)}`,
        `Let work carry on past instruction ${first.n} first.`,
      );
    }
    const left = standing.length - 1;
    return accept(
      [{ type: 'carried-on', instruction: act.instruction }],
      left === 0 ? 'Work carries on.' : `Work still stands still: ${left} more to answer.`,
    );
  },
};
