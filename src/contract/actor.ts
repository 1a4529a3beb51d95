/**
 * Who acts. The user acts through this window; every bearer token is an agent, whoever types.
 * For a worker that works by hand the user enters what it sends: then the journal names the user.
 * The keeper is Lockkeeper itself: it notices silence and ended processes, and decides nothing.
 */
export type Actor =
  | { readonly seat: 'user' }
  | { readonly seat: 'orchestrator' }
  | { readonly seat: 'worker'; readonly worker: number; readonly enteredBy?: 'user' }
  | { readonly seat: 'keeper' };

export type Seat = Actor['seat'];

/** Whose token it is: a worker's, by its number, or that of whoever the seat is lent to. */
export type Bearer = number | 'orchestrator';

/** The actor as the journal writes it: `user`, `orchestrator`, `keeper` or `worker:N`. */
export function actorName(actor: Actor): string {
  if (actor.seat !== 'worker') return actor.seat;
  return actor.enteredBy ?? `worker:${actor.worker}`;
}
