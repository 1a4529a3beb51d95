import { isBlank } from '../../core/labels.ts';
import type { State } from '../../core/state.ts';
import { asks, blank } from '../prompts.ts';
import { askText, back, choose } from './box.ts';
import { knownRoles, type Numbered } from './choices.ts';
import { pickStop, textStop, type Stop } from './walk.ts';

interface Named {
  readonly name?: string | undefined;
}

interface Reasoned {
  readonly reason?: string | undefined;
}

interface Roled {
  readonly role?: string | undefined;
}

export function needed(what: string): (text: string) => string | undefined {
  return (text) => (isBlank(text) ? blank(what) : undefined);
}

export function nameStop<D extends Named>(flaw: (name: string) => string | undefined): Stop<D> {
  return textStop<D, 'name'>('name', { ...asks.name, flaw }, (text) => text);
}

/** P5, P6, T6: a reason is asked for in the words of what is to be done; `usual` stands in the box to be taken. */
export function reasonStop<D extends Reasoned>(why: string | ((draft: D) => string), usual = ''): Stop<D> {
  const words = (draft: D) => ({
    ...asks.reason(typeof why === 'string' ? why : why(draft)),
    value: usual,
    flaw: needed('The reason'),
  });
  return textStop<D, 'reason'>('reason', words, (text) => text);
}

/** One of several by its number; where there is one only, it is taken unasked. */
export function numberStop<K extends string, D extends { readonly [Key in K]?: number | undefined }>(
  key: K,
  placeholder: string,
  choices: () => readonly Numbered[],
): Stop<D> {
  const stop = pickStop<D, K & keyof D & string>(key, () => ({
    placeholder,
    choices: choices() as never,
  }));
  return { ...stop, when: () => choices().length > 0 };
}

/** A role out of those already spoken of, or another one in the person's own words. */
export function roleStop<D extends Roled>(state: () => State, when?: (draft: D) => boolean): Stop<D> {
  return {
    key: 'role',
    ...(when ? { when } : {}),
    ask: async (frame, draft) => {
      const known = knownRoles(state());
      const answer =
        known.length === 0
          ? await askText(frame, { ...asks.roleText, value: draft.role ?? '', flaw: needed('The role') })
          : await choose(frame, known, { placeholder: asks.role, typed: asks.roleTyped });
      return answer === undefined || answer === back ? answer : { ...draft, role: answer };
    },
  };
}
