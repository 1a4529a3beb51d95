import { rows as words } from '../prompts.ts';

/** How many rows of a long pick are handed to VS Code. */
export const mostRows = 100;

interface Told {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
}

/**
 * The rows of a pick for what was typed. VS Code takes long over ten thousand rows, so of a long list only the
 * first that hold every word of it are handed over, and a row without a value that says how many there are besides.
 */
export function fewest<C extends Told & { readonly value: unknown }>(
  choices: readonly C[],
): (typed: string) => (Told & { readonly value?: C['value']; readonly alwaysShow?: boolean })[] {
  if (choices.length <= mostRows) return () => [...choices];
  const texts = choices.map(({ label, description = '', detail = '' }) =>
    `${label} ${description} ${detail}`.toLowerCase(),
  );
  return (typed) => {
    const sought = typed.toLowerCase().split(/\s+/);
    const found = choices.filter((_, index) => sought.every((word) => texts[index]?.includes(word)));
    const rows = found.slice(0, mostRows).map((choice) => ({ ...choice, alwaysShow: true }));
    const left = found.length - rows.length;
    return left > 0 ? [...rows, { label: words.more(left), alwaysShow: true }] : rows;
  };
}
