import type { ActOf } from '../contract/acts.ts';
import { evidenceOf } from './evidence.ts';
import { doneTodos } from './doneTodos.ts';
import type { Dispatch, State, StoredResult } from './state.ts';
import { at } from './table.ts';
import { visible } from './views/visible.ts';

/** What the trailers of an approved change speak of. */
export interface Approved {
  readonly state: State;
  readonly result: StoredResult;
  readonly dispatch: Dispatch;
  /** The tree that was shown. */
  readonly tree: string;
  /** The tree that the work began from. */
  readonly base: string;
  /** As a trailer names a person: `Name <address>`. */
  readonly reviewer: string;
  readonly act: Pick<ActOf<'approve'>, 'override'>;
}

/** A reproduction is as it should be where it fails before the fix. */
function kindOf(standing: string, reproduction: 'before' | 'after' | undefined): string {
  if (reproduction === undefined) return standing;
  const word = reproduction === 'before' && standing === 'passed' ? 'reproduced' : standing;
  return `${word} ${reproduction} the fix`;
}

/** P12: the message of the commit with its trailers: TODO, worker, reviewer and evidence. */
export function withTrailers(message: string, approved: Approved): string {
  const { state, result, dispatch, tree, base, reviewer, act } = approved;
  const evidence = evidenceOf(state, result, tree, base);
  const trailers: readonly (readonly [string, string])[] = [
    ...doneTodos(result, dispatch).map((n) => ['Lockkeeper-TODO', `${n}`] as const),
    ['Lockkeeper-Worker', at(state.workers, dispatch.worker)?.name ?? `${dispatch.worker}`],
    ...evidence.map(
      ({ level, words, standing, reproduction }) =>
        ['Lockkeeper-Evidence', `${level}, ${kindOf(standing, reproduction)}: ${words}`] as const,
    ),
    ...(evidence.length === 0 ? [['Lockkeeper-Evidence', 'seen by eye'] as const] : []),
    ...(act.override
      ? [['Lockkeeper-Override', `${act.override.gates.join(', ')}: ${act.override.reason}`] as const]
      : []),
    ['Reviewed-by', reviewer],
  ];
  const lines = trailers.map(
    ([key, value]) => `${key}: ${visible(value).replace(/\s+/g, ' ').trim().slice(0, 300)}`,
  );
  return `${message.trimEnd()}\n\n${lines.join('\n')}\n`;
}
