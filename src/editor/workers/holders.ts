import type { Bearer } from '../../contract/actor.ts';
import { workerName } from '../../core/labels.ts';
import type { State } from '../../core/state.ts';
import { connectedChoices } from '../asking/choices.ts';
import { forPick } from '../inert.ts';
import type { Room } from '../room.ts';

/** Whom an agent can be connected as: a worker that has a token, or the seat while it is lent. */
export function holderChoices(state: State): { label: string; description?: string; value: Bearer }[] {
  return [
    ...connectedChoices(state),
    ...(state.seat ? [{ label: 'The orchestrator', value: 'orchestrator' as const }] : []),
  ];
}

export function nameOfHolder({ state }: Room, holder: Bearer): string {
  return holder === 'orchestrator' ? 'the orchestrator' : forPick(workerName(state, holder), 60);
}
