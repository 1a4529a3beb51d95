import type * as z from 'zod/mini';
import { refusal, type Refusal } from '../contract/refusal.ts';
import type { Reply } from '../desk/command.ts';

/** What every command of Lockkeeper returns to whoever called it. */
export type Outcome = Reply | { readonly ok: true; readonly said: string };

/** One command: takes what came in with the call, whatever it is, and says what became of it. */
export type Action = (input: unknown) => Promise<Outcome>;

/** An action with its argument parsed at the edge, once. No argument is the empty one. */
export function action<S extends z.ZodMiniType>(
  takes: S,
  run: (given: z.output<S>) => Promise<Outcome>,
): Action {
  return async (input) => {
    const parsed = takes.safeParse(input ?? {});
    return parsed.success ? run(parsed.data) : refused(wrongArgument(parsed.error));
  };
}

export function refused(why: Refusal): Outcome {
  return { ok: false, refusal: why };
}

export function said(words: string): Outcome {
  return { ok: true, said: words };
}

/** The outcome where the person turned back; nobody is told of it. */
export const cancelled = refused(refusal('cancelled', 'Nothing was changed.', 'Run the command again.'));

export function isCancelled(outcome: Outcome): boolean {
  return !outcome.ok && outcome.refusal.code === 'cancelled';
}

function wrongArgument(error: z.core.$ZodError): Refusal {
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  return refusal(
    'argument-wrong',
    `The argument is not understood${place === '' ? '' : ` at ${place}`}: ${issue?.message ?? ''}`,
    'Leave it out to be asked for it.',
  );
}
