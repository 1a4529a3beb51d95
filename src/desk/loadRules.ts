import { useForms } from '../core/forms.ts';
import type { draw } from './draw.ts';

let loading: Promise<typeof draw> | undefined;

/**
 * Loads what decides, and the readers of what people and agents write. They are half of the core and no start needs
 * them: a history is replayed by the evolvers alone. Whoever decides awaits this once.
 */
export function loadRules(): Promise<typeof draw> {
  loading ??= load();
  return loading;
}

async function load(): Promise<typeof draw> {
  const [drawing, { readers }] = await Promise.all([import('./draw.ts'), import('../core/readers.ts')]);
  useForms(readers);
  return drawing.draw;
}
