import { useForms } from '../core/forms.ts';

let loading: Promise<void> | undefined;

/**
 * Loads the readers of what people and agents write. They are a third of the core and no start needs them: a history
 * is replayed without reading a form again. Whoever decides awaits this once.
 */
export function loadForms(): Promise<void> {
  loading ??= import('../core/readers.ts').then(({ readers }) => useForms(readers));
  return loading;
}
