import { visible } from '../../core/views/visible.ts';
import { cancelled, type Outcome } from '../action.ts';
import { confirmed, confirmStop, walk } from '../asking/walk.ts';
import type { Room } from '../room.ts';
import { verify as words } from './sentences.ts';

const longestQuestion = 240;

/** The user's alone: names exactly what may be run. */
export async function allowed(room: Room, argv: readonly string[]): Promise<Outcome> {
  const list = shown(argv);
  if (list.length > longestQuestion) {
    // All of it is to be seen before the yes.
    if (!(await confirmed(words.allow(''), list))) return cancelled;
  } else {
    const draft = await walk(words.titles.allow, {}, [confirmStop(() => words.allow(list))]);
    if (!draft) return cancelled;
  }
  return room.submit({ type: 'allow-command', argv: [...argv] });
}

/** An argument list as it is, nothing hidden in it. */
export function shown(argv: readonly string[]): string {
  return visible(JSON.stringify(argv));
}
