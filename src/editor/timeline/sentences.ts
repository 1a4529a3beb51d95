import { refusal } from '../../contract/refusal.ts';

export const timeline = {
  titles: { show: 'Show the Timeline', save: 'Save the Timeline' },
  shown: (n: number) => `The timeline of orchestration ${n} is open.`,
  file: (n: number) => `TIMELINE-${n}.svg`,
  saved: (file: string) => `The timeline is saved in ${file}.`,
  beside: 'The handoff is saved. Its timeline too, as a picture beside it?',
  only: 'Only the Handoff',
  both: (file: string) => `And the Timeline, as ${file}`,
} as const;

export const notSaved = (why: string) =>
  refusal('timeline-not-saved', `The timeline was not saved: ${why}`, 'Save it in another place.');
