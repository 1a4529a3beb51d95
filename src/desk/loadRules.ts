import { useForms } from '../core/forms.ts';
import type { draw } from './draw.ts';
import type { ruleOn } from './ruling.ts';

/** What decides: a batch of commands for the journal, and one command for nobody but who asks. */
export interface Rules {
  readonly draw: typeof draw;
  readonly ruleOn: typeof ruleOn;
}

let loading: Promise<Rules> | undefined;

/**
 * Loads what decides, and the readers of what people and agents write. They are half of the core and no start needs
 * them: a history is replayed by the evolvers alone. Whoever decides awaits this once.
 */
export function loadRules(): Promise<Rules> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Rules> {
  const [{ draw }, { ruleOn }, { readers }] = await Promise.all([
    import('./draw.ts'),
    import('./ruling.ts'),
    import('../core/readers.ts'),
  ]);
  useForms(readers);
  return { draw, ruleOn };
}
