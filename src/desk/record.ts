import { actorName, type Actor } from '../contract/actor.ts';
import { events, type Event, type EventType, type Recorded } from '../contract/events.ts';
import type { NewRow, Row } from '../journal/port.ts';

const version = 1;

/** An event as a row of the journal. */
export function toRow(
  event: Event,
  command: { readonly id: string; readonly actor: Actor },
  at: number,
  orchestration: number,
): NewRow {
  const { type, ...body } = event;
  return {
    orchestration,
    at,
    actor: actorName(command.actor),
    type,
    version,
    body: JSON.stringify(body),
    command: command.id,
  };
}

/** Throws where a later reading would: what cannot be read again is not written. */
export function checkEvent({ type, ...body }: Event): void {
  events[type].parse(body);
}

/** A row as an event. Throws where the row is of a kind or version this program does not know. */
export function fromRow(row: Row): Recorded {
  if (row.version !== version || !isKnown(row.type)) {
    throw new Error(
      `The journal holds an event this version does not know: ${row.type} ${row.version}, row ${row.seq}.`,
    );
  }
  const body: unknown = JSON.parse(row.body);
  const event = Object.assign(events[row.type].parse(body), { type: row.type }) as Event;
  return { at: row.at, actor: row.actor, command: row.command, event };
}

function isKnown(type: string): type is EventType {
  return Object.hasOwn(events, type);
}
