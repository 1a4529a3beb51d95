import { refuse, type Decision } from './decision.ts';
import type { Worker } from './state.ts';
import { holds, type Territory } from './territory.ts';

/**
 * P7: why a worker cannot be sent into files that somebody is typing in at this editor. A worker that works by hand
 * there is that somebody.
 */
export function editedWithin(worker: Worker, territory: Territory): Decision | undefined {
  if (worker.runs.kind === 'by-hand' && worker.runs.where === 'here') return undefined;
  const names = territory.workspace.unsaved.filter((name) => holds(territory, name));
  if (names.length === 0) return undefined;
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return refuse(
    'unsaved-edits',
    `The user has edits that are not saved in ${names.slice(0, 3).join(', ')}${more}.`,
    'Wait until they are saved or discarded, or put these files into NOT-YOUR-JOB.',
    names.slice(0, 100).map((words) => ({
      field: 'SCOPE',
      words,
      why: 'It has edits at the editor that are not saved.',
      better: 'Name it in NOT-YOUR-JOB.',
    })),
  );
}
