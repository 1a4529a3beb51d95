import type { ChangeSeen } from './change.ts';
import { opening } from './conflict.ts';
import { refuseAbout, type Decision } from './decision.ts';
import { stepWords } from './dispute.ts';
import { readEntries } from './scopeLines.ts';
import type { Conflict, Dispatch, State, StoredResult } from './state.ts';
import { each } from './table.ts';
import type { Workspace } from './workspace.ts';

/** The files in which a change and the person's branch differ, so that it does not merge; none where it does. */
export function unmergedFiles(change: ChangeSeen | undefined): readonly string[] {
  const merge = change && 'measured' in change ? change.measured.merge : undefined;
  return merge?.kind === 'conflicts' ? merge.files : [];
}

/**
 * P7: a change that does not merge is a case between its worker and what is committed on the person's branch, opened by
 * the approval that is refused for it. Once that case is resumed the refusal says what its owner means for the result.
 */
export function unmerged(
  state: State,
  { n: result }: StoredResult,
  dispatch: Dispatch,
  change: ChangeSeen | undefined,
  workspace: Workspace,
): Decision | undefined {
  const files = unmergedFiles(change);
  if (files.length === 0) return undefined;
  const more = files.length > 3 ? ` and ${files.length - 3} more` : '';
  const sentence = `What result ${result} changed does not merge into your branch: ${files.slice(0, 3).join(', ')}${more} changed on both sides.`;
  // A name that no scope can hold is no file of a case; the others are.
  const readable = files.filter((file) => !('code' in readEntries([file], workspace)));
  const disputed = readable.length > 0 ? readable : files;
  const settled = [...each(state.conflicts)].findLast(
    (one) => one.result === result && one.resumed && disputed.every((file) => one.files.includes(file)),
  );
  if (settled) {
    const about = { kind: 'dispatch', n: dispatch.n } as const;
    return refuseAbout(about, 'merge-conflicts', sentence, afterwards(settled, result));
  }
  const sides = [
    { kind: 'worker', worker: dispatch.worker, dispatch: dispatch.n },
    { kind: 'user' },
  ] as const;
  const noticed = `Result ${result} does not merge into the branch as it stands.`;
  const { event, said } = opening(state, disputed, sides, noticed, { result });
  return {
    events: [event],
    refusal: {
      code: 'merge-conflicts',
      sentence: `${sentence} ${said}`,
      next: `Work it to resume: ${stepWords({ sides })} is next. Or reject result ${result}, and ask for a change on top of your branch.`,
      about: { kind: 'conflict', n: event.conflict },
    },
  };
}

/** What whose text stands means for a result that does not merge. */
function afterwards({ n, sides, owner, path }: Conflict, result: number): string {
  const own = owner && sides[owner.side - 1];
  return own?.kind === 'worker'
    ? `By conflict ${n} its text stands: make way for it on your branch, then approve again; or reject result ${result}.`
    : `By conflict ${n} your branch stands: reject result ${result}, with the merge path as its next action: ${path?.words ?? ''}`;
}
