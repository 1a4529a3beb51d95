import { folded } from '../../core/views/folded.ts';
import { visible } from '../../core/views/visible.ts';
import { forRow } from '../inert.ts';
import type { Row } from '../tree/row.ts';

/** Names beyond these are only counted. */
const most = 500;

/**
 * Writes on the disk beside every scope, by whoever: nobody's files, so nobody is held up, and the person sees one row
 * until it is dismissed. Kept by the window alone.
 */
export class Unclaimed {
  readonly #names = new Set<string>();
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  get names(): readonly string[] {
    return [...this.#names];
  }

  add(name: string): void {
    if (this.#names.has(name) || this.#names.size >= most) return;
    this.#names.add(name);
    this.#changed();
  }

  dismiss(): void {
    this.#names.clear();
    this.#changed();
  }

  get rows(): readonly Row[] {
    const { names } = this;
    if (names.length === 0) return [];
    const more = names.length >= most ? ' or more' : '';
    const label =
      names.length === 1
        ? '1 file written outside every scope'
        : `${names.length}${more} files written outside every scope`;
    const description = `inferred, nobody knows by whom: ${forRow(names.slice(-3).toReversed().join(', '), 120)}`;
    return [
      {
        id: 'unclaimed',
        label,
        description,
        icon: 'question',
        context: 'inbox unclaimed',
        spoken: `${label}, ${description}`,
        tooltip: () => folded(visible(names.join('\n'))).slice(0, 4_000),
        open: { command: 'lockkeeper.showUnclaimed', argument: {} },
        argument: {},
      },
    ];
  }
}
