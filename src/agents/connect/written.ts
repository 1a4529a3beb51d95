import type { Value } from '../profiles/profile.ts';

/** A file as it is to be: its text, or that it is not to be there. Or why nothing can be done with it, a sentence. */
export type Rewritten =
  { readonly ok: true; readonly text: string | undefined } | { readonly ok: false; readonly why: string };

/** What is to stand in a file, and where. */
export interface Place {
  readonly pointer: readonly string[];
  /** It is one of the list that stands there. */
  readonly isListed?: true;
  readonly value: Value;
}

/** What is there now: nothing, what is to be there, what an older connection wrote, or what somebody else wrote. */
export type Standing = 'none' | 'same' | 'older' | 'theirs';

/**
 * The mark of what is ours: under our own name it is a variable of ours; among a list of hooks how ours starts the guard,
 * for a person may have written a hook by hand that asks for the same variables.
 */
export function isOurs(value: unknown, isListed = false): boolean {
  const marks = isListed ? ['LOCKKEEPER_', 'ELECTRON_RUN_AS_NODE=1'] : ['LOCKKEEPER_'];
  return marks.every((mark) => JSON.stringify([value]).includes(mark));
}

export const rewritten = (text: string | undefined): Rewritten => ({ ok: true, text });
export const cannot = (why: string): Rewritten => ({ ok: false, why });
export const notOurs = ({ pointer }: Place): Rewritten =>
  cannot(`\`${pointer.join('.')}\` is there already, and is not Lockkeeper’s.`);

/** The end of line that a text has. */
export function lineEndOf(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
