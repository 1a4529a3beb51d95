import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import type { PacketDraft } from '../../contract/packets.ts';
import { isUnreconciled, type State, type Todo } from '../../core/state.ts';
import { currentStep } from '../../core/steps.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, type Action } from '../action.ts';
import { isPacked, isRaw, placeChoices, todoChoices } from '../asking/choices.ts';
import { numberStop, roleStop } from '../asking/stops.ts';
import { pickStop, walk, type Stop } from '../asking/walk.ts';
import type { PacketDesk } from '../packets/packetDesk.ts';
import { asks, rows, titles } from '../prompts.ts';
import type { Room } from '../room.ts';

const adding = z.partial(acts['add-todo']);
type Adding = z.output<typeof adding>;

export function addTodo(room: Room, packets: PacketDesk): Action {
  return action(adding, async (given) => {
    const known = given.role ?? (given.packet ? currentStep(room.state)?.role : undefined);
    const draft = await walk<Adding>(titles.addTodo, { ...given, role: known }, [
      roleStop<Adding>(() => room.state),
    ]);
    if (!draft) return cancelled;
    const { packet, role = '', because } = draft;
    const why = because === undefined ? {} : { because };
    if (packet) return room.submit({ type: 'add-todo', packet, role, ...why });
    return packets.open({ kind: 'add', role, ...why }, [{}]);
  });
}

const editing = z.partial(acts['edit-todo']);
type Editing = z.output<typeof editing>;

export function editTodo(room: Room, packets: PacketDesk): Action {
  return action(editing, async (given) => {
    const draft = await walk<Editing>(titles.editTodo, given, [
      numberStop<'todo', Editing>('todo', asks.todo, () => todoChoices(room.state, isPacked)),
    ]);
    if (!draft) return cancelled;
    const { todo: n = 1, packet, role, worker } = draft;
    const todo = at(room.state.todos, n);
    const whose = worker === undefined ? {} : { worker };
    if (packet || !todo || !isPacked(todo)) {
      return room.submit({
        type: 'edit-todo',
        todo: n,
        packet: packet ?? {},
        role: role ?? todo?.role ?? '',
        ...whose,
      });
    }
    const base = createHash('sha256').update(JSON.stringify(todo.packet)).digest('hex').slice(0, 8);
    return packets.open({ kind: 'edit', todo: n, role: role ?? todo.role, base, ...whose }, [
      todo.packet ?? {},
    ]);
  });
}

const splitting = z.partial(acts['split-todo']);
type Splitting = z.output<typeof splitting>;

export function splitTodo(room: Room, packets: PacketDesk): Action {
  return action(splitting, async (given) => {
    const draft = await walk<Splitting>(titles.splitTodo, given, [
      numberStop<'todo', Splitting>('todo', asks.todo, () =>
        todoChoices(room.state, ({ state }) => state === 'waiting'),
      ),
    ]);
    if (!draft) return cancelled;
    const { todo: n = 1, parts, role } = draft;
    const todo = at(room.state.todos, n);
    const as = role === undefined ? {} : { role };
    if (parts || todo?.state !== 'waiting')
      return room.submit({ type: 'split-todo', todo: n, parts: parts ?? [], ...as });
    const first = todo.packet ?? firstDraft(room.state, todo);
    return packets.open({ kind: 'split', todo: n, ...as }, [first, { ...first, doneWhen: [] }]);
  });
}

const reconciling = z.partial(acts.reconcile);
/** The place: a number goes before that TODO, 0 is the end, −1 leaves it where it stands. */
type Reconciling = z.output<typeof reconciling>;
const stay = -1;

/** T4: gives an open item its place, role and packet. */
export function reconcile(room: Room, packets: PacketDesk): Action {
  return action(reconciling, async (given) => {
    const raw = todoChoices(room.state, isRaw);
    const only = raw.length === 1 ? raw[0]?.value : undefined;
    const known = { ...given, todo: given.todo ?? only };
    const picked = await walk<Reconciling>(titles.reconcile, known, [
      numberStop<'todo', Reconciling>('todo', asks.todo, () => raw),
    ]);
    if (!picked) return cancelled;
    const { todo: n = 1, packet } = picked;
    const todo = at(room.state.todos, n);
    if (packet || !todo || !isRaw(todo)) return reconciled(room, picked, todo);
    const suggested = suggestion(room);
    const draft = await walk<Reconciling>(
      titles.reconcile,
      { ...picked, role: picked.role ?? suggested?.role },
      [placeStop(room, n), roleStop<Reconciling>(() => room.state)],
    );
    if (!draft) return cancelled;
    const { before = stay, role = todo.role, worker } = draft;
    const about = {
      kind: 'reconcile',
      todo: n,
      role,
      ...(worker === undefined ? {} : { worker }),
      ...(before > 0 ? { before } : {}),
    } as const;
    return packets.open(about, [suggested ?? firstDraft(room.state, todo)]);
  });
}

function placeStop(room: Room, todo: number): Stop<Reconciling> {
  const places = () => placeChoices(room.state, todo).filter(({ value }) => value > 0);
  return pickStop(
    'before',
    () => ({ placeholder: asks.place, choices: [{ label: rows.leave, value: stay }, ...places()] }),
    () => places().length > 0,
  );
}

function reconciled(room: Room, draft: Reconciling, todo: Todo | undefined): ReturnType<Action> {
  const { todo: n = 1, packet = {}, role, worker, before } = draft;
  return room.submit({
    type: 'reconcile',
    todo: n,
    packet,
    role: role ?? todo?.role ?? '',
    ...(worker === undefined ? {} : { worker }),
    ...(before === undefined || before < 1 ? {} : { before }),
  });
}

/** In the rehearsal the story has a packet ready for the item that is left open. */
function suggestion(room: Room): (PacketDraft & { readonly role?: string | undefined }) | undefined {
  const { isHere, story } = room.house.rehearsal;
  return isHere ? story?.reconcile : undefined;
}

/** What is known of an item before anybody wrote its packet: its words, and the bounds of the work it came from. */
function firstDraft(state: State, todo: Todo): PacketDraft {
  if (!isUnreconciled(todo)) return todo.packet ?? {};
  const [source] = todo.sources;
  const result = source && at(state.results, source.result);
  const from = result && at(state.dispatches, result.dispatch)?.packet;
  const doneWhen = result?.packet.open[(source?.item ?? 0) - 1]?.doneWhen;
  const unmet = doneWhen === undefined ? undefined : from?.doneWhen[doneWhen - 1];
  return {
    task: source?.words ?? '',
    scope: from?.scope ?? [],
    notYourJob: from?.notYourJob ?? [],
    doneWhen: unmet === undefined ? [] : [unmet],
    verify: from?.verify ?? [],
    priority: from?.priority ?? 'normal',
  };
}
