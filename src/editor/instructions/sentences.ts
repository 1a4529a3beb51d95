import { plural } from '../prompts.ts';

export const titles = { instruct: 'Instruct', stop: 'Stop', carryOn: 'Carry On' } as const;

export const asks = {
  words: {
    prompt: 'Everything stops, and every worker hears this as you write it.',
    placeholder: 'Your instruction',
  },
  stopWords: {
    prompt: 'Everything stops, what was launched is ended, and every worker hears this as you write it.',
    placeholder: 'Your instruction',
  },
  stopSentence: 'Stop. Change nothing more until I say how it goes on.',
} as const;

export const confirms = {
  instruct: (words: string, live: number) => ({
    question: `Stops everything${live === 0 ? '' : `, ${plural(live, 'live task')} among it`}, with the words “${words}”`,
    yes: 'Stop Everything',
    no: 'Say Nothing',
  }),
  stop: (words: string, live: number) => ({
    question: `Stops everything${live === 0 ? '' : `, ${plural(live, 'live task')} among it`}, and ends what was launched, with the words “${words}”`,
    yes: 'Stop and End Everything',
    no: 'Say Nothing',
  }),
  carryOn: (instruction: number, words: string, live: readonly string[]) => ({
    question: `Past instruction ${instruction} (“${words}”) ${live.length === 0 ? 'nothing is live' : `these go on as they are: ${live.join(', ')}`}.`,
    yes: 'Carry On',
    no: 'Leave Everything Stopped',
  }),
} as const;
