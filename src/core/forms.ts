import type { Forms } from './readers.ts';

let loaded: Forms | undefined;

/**
 * Loads the readers of what people and agents write. They are a third of the core and no start needs them: a history
 * is replayed without reading a form again. Whoever decides awaits this once.
 */
export async function loadForms(): Promise<void> {
  loaded ??= (await import('./readers.ts')).readers;
}

/** The readers. Throws where nobody has loaded them: a defect of ours. */
export function forms(): Forms {
  if (!loaded) throw new Error('The readers of forms are not loaded.');
  return loaded;
}
