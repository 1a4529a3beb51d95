import { plural } from '../prompts.ts';

export const titles = { instruct: 'Instruct', carryOn: 'Carry On' } as const;

export const asks = {
  words: {
    prompt: 'Everything stops, and every worker hears this as you write it.',
    placeholder: 'Your instruction',
  },
} as const;

export const confirms = {
  instruct: (words: string, live: number) => ({
    question: `Stops everything${live === 0 ? '' : `, ${plural(live, 'live task')} among it`}, with the words “${words}”`,
    yes: 'Stop Everything',
    no: 'Say Nothing',
  }),
  carryOn: (instruction: number, words: string, live: readonly string[]) => ({
    question: `Past instruction ${instruction} (“${words}”) ${live.length === 0 ? 'nothing is live' : `these go on as they are: ${live.join(', ')}`}.`,
    yes: 'Carry On',
    no: 'Leave Everything Stopped',
  }),
} as const;
