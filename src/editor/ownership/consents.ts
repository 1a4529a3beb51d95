import * as z from 'zod/mini';
import type { Act } from '../../contract/acts.ts';
import { todoName } from '../../core/labels.ts';
import { wantsWord } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { isWholeScope } from '../../core/wholeScope.ts';
import { presentWorkers } from '../../core/worker.ts';
import { action, cancelled, type Action, type Outcome } from '../action.ts';
import { isPacked, todoChoices } from '../asking/choices.ts';
import { numberStop } from '../asking/stops.ts';
import { confirmed, confirmStop, walk } from '../asking/walk.ts';
import { forMessage, forPick } from '../inert.ts';
import { folderNames } from '../openFolders.ts';
import { asks as commonAsks } from '../prompts.ts';
import type { PlacedFlaw } from '../packets/flaws.ts';
import type { Room } from '../room.ts';
import { sentPastEdits } from './openEdits.ts';
import { confirms, titles } from './sentences.ts';

const allowing = z.object({ worker: z.optional(z.int()) });
type Allowing = z.output<typeof allowing>;

/** P2: work goes to a worker that no guard holds back, by the user's word, asked for once. */
export function allowUnguarded(room: Room): Action {
  return action(allowing, (given) => allowed(room, given));
}

async function allowed(room: Room, given: Allowing): Promise<Outcome> {
  const choices = presentWorkers(room.state)
    .filter(wantsWord)
    .map(({ n, name, role }) => ({ label: forPick(name, 60), description: forPick(role, 60), value: n }));
  const nameOf = ({ worker = 0 }: Allowing): string => at(room.state.workers, worker)?.name ?? '';
  const draft = await walk<Allowing>(titles.unguarded, given, [
    numberStop<'worker', Allowing>('worker', commonAsks.worker, () => choices),
    {
      ...confirmStop<Allowing>((known) => confirms.unguarded(forPick(nameOf(known), 60))),
      // What needs no word is refused by the rules, in their words.
      when: ({ worker = 0 }) => wantsWord(at(room.state.workers, worker)),
    },
  ]);
  return draft ? room.submit({ type: 'allow-unguarded', worker: draft.worker ?? 1 }) : cancelled;
}

/** Sends it; what the user has to say first is asked for, and it is sent again. */
export async function sent(
  room: Room,
  todos: readonly number[],
  send: () => Promise<Outcome>,
): Promise<Outcome> {
  for (;;) {
    const outcome = await sentPastEdits(room, todos, send);
    if (outcome.ok || outcome.refusal.code !== 'unguarded') return outcome;
    const given = await allowed(room, { worker: outcome.refusal.about?.n });
    if (!given.ok) return given;
  }
}

const giving = z.object({ todo: z.optional(z.int()) });
type Giving = z.output<typeof giving>;

/** P7: the whole workspace for one TODO. */
export function giveWorkspace(room: Room): Action {
  return action(giving, async (given) => {
    const draft = await walk<Giving>(titles.whole, given, [
      numberStop<'todo', Giving>('todo', commonAsks.todo, () => todoChoices(room.state, isPacked)),
    ]);
    if (!draft) return cancelled;
    const { todo: n = 1 } = draft;
    const todo = at(room.state.todos, n);
    const folders = folderNames();
    const scope = folders.length > 1 ? folders.map((folder) => `${folder}/**`) : ['**'];
    const act = {
      type: 'edit-todo',
      todo: n,
      packet: { ...todo?.packet, scope },
      role: todo?.role ?? '',
      whole: true,
    } as const;
    if (todo && isPacked(todo)) {
      const name = forMessage(todoName(todo), 120);
      if (!(await confirmed(confirms.whole(name), confirms.wholeDetail))) return cancelled;
    }
    return room.submit(act);
  });
}

/**
 * What a written packet asks for; where its SCOPE is the whole workspace and nothing else is wrong with it, with the
 * user's word or not at all.
 */
export async function withWord(act: Act, flaws: readonly PlacedFlaw[]): Promise<Act | Outcome> {
  const isWritten = act.type === 'add-todo' || act.type === 'edit-todo' || act.type === 'reconcile';
  const isWhole = flaws.every(
    ({ flaw: { field, words } }) => field === 'SCOPE' && isWholeScope([words.trim()]),
  );
  if (!isWritten || flaws.length === 0 || !isWhole) return act;
  const task = forMessage(act.packet.task ?? '', 120);
  if (!(await confirmed(confirms.whole(`“${task}”`), confirms.wholeDetail))) return cancelled;
  return { ...act, whole: true };
}
