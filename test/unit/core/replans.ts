import { packet } from './drafts.ts';

/** Why a replan is made, where its test is not about that. */
export const because = 'The sluice is built downstream';

export function replan(more: object = {}): { readonly type: 'replan'; readonly reason: string } {
  return { type: 'replan', reason: because, ...more };
}

/** What the user says, as a person types. */
export const words = '  Build it *downstream*,\nnot up!  ';
export const quotes = { instruction: 1, words };

export const bank = {
  title: 'Raise the bank',
  role: 'code',
  tasks: [packet('Raise the bank by 20 cm')],
};

/** A replan change of TODO 1. */
export const change = { todo: 1, fate: 'changes', packet: { scope: ['src/down/**'] } } as const;
