import type { ChangedFile, Measured } from '../change.ts';
import { fileFaults } from '../gates.ts';
import type { State } from '../state.ts';
import { at } from '../table.ts';
import type { Workspace } from '../workspace.ts';
import { kindWords } from './reviewLines.ts';
import { visible } from './visible.ts';

/** Files that are open at once; more of them make the editor slow. */
export const mostFiles = 200;

/** One file of a change, with what is to be said on its first line. */
export interface Standing {
  readonly file: ChangedFile;
  /** What fails a gate. */
  readonly faults: readonly string[];
  /** What the text does not show: a mode, a link, a binary. */
  readonly notes: readonly string[];
}

/** The files of a change, worst first: what fails a gate, then what the text does not show, then the rest. */
export function worstFirst(
  state: State,
  { result, files, merge }: Pick<Measured, 'result' | 'files' | 'merge'>,
  workspace: Workspace,
): readonly Standing[] {
  const dispatch = at(state.dispatches, at(state.results, result)?.dispatch ?? 0);
  const faultsOf = new Map<ChangedFile, string[]>();
  for (const { file, why } of dispatch ? fileFaults(state, dispatch, { files, merge }, workspace) : []) {
    faultsOf.set(file, [...(faultsOf.get(file) ?? []), visible(why)]);
  }
  const all = files.map((file) => ({ file, faults: faultsOf.get(file) ?? [], notes: notesOf(file) }));
  const weight = ({ faults, notes }: Standing): number => (faults.length > 0 ? 0 : notes.length > 0 ? 1 : 2);
  return all.toSorted((one, other) => weight(one) - weight(other));
}

/** A page of them, from 0; the first one again behind the last. */
export function pageOf<T>(
  all: readonly T[],
  wanted: number,
): { readonly page: number; readonly shown: readonly T[] } {
  const page = wanted * mostFiles < all.length ? wanted : 0;
  return { page, shown: all.slice(page * mostFiles, (page + 1) * mostFiles) };
}

function notesOf(file: ChangedFile): readonly string[] {
  const isPlain = file.kind === 'file' && !file.binary && file.mode.old === file.mode.new;
  const isNew = file.kind === 'file' && !file.binary && file.how === 'added' && file.mode.new === '100644';
  return isPlain || isNew || file.how === 'deleted' ? [] : [kindWords(file).join(', ')];
}
