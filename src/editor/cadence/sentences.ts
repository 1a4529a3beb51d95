import { refusal } from '../../contract/refusal.ts';

export const titles = {
  nudge: 'Nudge a Worker',
  feedback: 'Give Feedback',
  giveTime: 'Give More Time',
  copyMessages: 'Copy Messages',
} as const;

export const asks = {
  reason: (who: string) => ({
    prompt: `Why can it not wait? ${who} hears this at once.`,
    placeholder: 'Reason',
  }),
  minutes: (who: string) => ({
    prompt: `How many more minutes may ${who} work?`,
    placeholder: '30',
  }),
  why: (who: string) => ({
    prompt: `Why does ${who} get more time? It is told so.`,
    placeholder: 'Reason',
  }),
  feedback: (who: string) => ({
    prompt: `${who} hears this with its next contact. Nothing is interrupted.`,
    placeholder: 'Feedback',
  }),
} as const;

export const confirms = {
  nudge: (who: string) => ({ question: `Nudge ${who}?`, yes: 'Nudge It All the Same', no: 'Let It Work' }),
} as const;

export const copied = (who: string): string => `What waited for ${who} is on the clipboard. Hand it over.`;

export const nothingWaits = (who: string) =>
  refusal(
    'nothing-to-copy',
    `No message waits for ${who}.`,
    'Give feedback first; it waits to be handed over.',
  );

export const notMinutes = 'Write a number of whole minutes.';

export const noBudget = refusal(
  'no-budget',
  'Nothing that is live has a budget: its time is not limited.',
  'Let it work.',
);
