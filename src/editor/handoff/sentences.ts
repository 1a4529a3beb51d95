import { refusal } from '../../contract/refusal.ts';

export const handoff = {
  titles: { open: 'Hand Off', save: 'Save the Handoff', copy: 'Copy the Handoff' },
  which: 'Of which orchestration?',
  row: (n: number) => `Orchestration ${n}`,
  file: (n: number) => `HANDOFF-${n}.md`,
  opened: (n: number) => `The handoff of orchestration ${n} is open.`,
  copied: (n: number) => `The handoff of orchestration ${n} is on the clipboard.`,
  saved: (file: string) => `The handoff is saved in ${file}.`,
} as const;

export const noneYet = refusal(
  'no-orchestration',
  'There is no orchestration with that number to hand off.',
  'Start one.',
);

export const notSaved = (why: string) =>
  refusal('handoff-not-saved', `The handoff was not saved: ${why}`, 'Save it in another place, or copy it.');

export const next = {
  title: 'The Last Handoff’s NEXT',
  placeholder: 'Which of these steps begin the plan? None is work before it is released.',
} as const;
