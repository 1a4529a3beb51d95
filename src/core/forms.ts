import type { Forms } from './readers.ts';

let known: Forms | undefined;

/** Hands in the readers of what people and agents write; `desk/loadRules.ts` does before anything is decided. */
export function useForms(readers: Forms): void {
  known = readers;
}

/** The readers. Throws where nobody has handed them in: a defect of ours. */
export function forms(): Forms {
  if (!known) throw new Error('The readers of forms are not loaded.');
  return known;
}
