import type { ActOf } from '../../contract/acts.ts';
import type { Packet } from '../../contract/packets.ts';
import type { PlannedStep } from '../../contract/replan.ts';
import { packetForm } from '../../contract/text/packetText.ts';
import { parsePackets, type ReadPacket } from '../../contract/text/packetParse.ts';
import { linesOf } from '../../contract/text/reading.ts';
import { standingInstructions } from '../../core/instruction.ts';
import { sameWords } from '../../core/labels.ts';
import type { State } from '../../core/state.ts';
import { unreleasedSteps } from '../../core/steps.ts';
import { at } from '../../core/table.ts';
import { presentWorkers } from '../../core/worker.ts';
import { visible } from '../../core/views/visible.ts';
import { unclearMark } from './foundParts.ts';
import { shownOf } from './planDocument.ts';
import { flaws as words } from './sentences.ts';

/** Something in the document that is not understood, or not said, at its line (from 0). */
export interface Unread {
  readonly line: number;
  readonly why: string;
  readonly code: 'unclear' | 'unread' | 'unnamed' | 'several' | 'changed' | 'fate' | 'stranger';
  /** The TODO that it is about. */
  readonly n?: number;
}

/** What the document asks for, and where each thing stands in it. */
export interface ReadPlan {
  readonly act: ActOf<'replan'>;
  readonly unread: readonly Unread[];
  readonly packets: readonly ReadPacket[];
  readonly reasonLine: number;
  /** The line of a TODO or a step that the state has; with a refusal's code and 0, of the first new part it is about. */
  readonly lineOf: (kind: string, n: number) => number | undefined;
}

interface Part {
  readonly kind: 'todo' | 'step' | 'new-todo' | 'new-step' | 'other';
  readonly n: number;
  readonly rest: string;
  readonly line: number;
  readonly body: string[];
}

const heads: readonly (readonly [Part['kind'], RegExp])[] = [
  ['new-todo', /^NEW TODO\b()(.*)$/],
  ['new-step', /^NEW STEP\b()(.*)$/],
  ['todo', /^TODO (\d{1,8})\b(.*)$/],
  ['step', /^STEP (\d{1,8})\b(.*)$/],
  ['other', /^(?:LIVE|LIST|PLAN|UNCLEAR|DONE ALREADY)\b()(.*)$/],
];
const dropped = /^DROP (TODO|STEP) (\d{1,8})\s*[:,]?\s*(.*)$/;
const field = /^(REASON|ANSWERS):\s*(.*)$/;

/** Reads the document of a replan. Nothing that stands in it is left out in silence. */
export function readPlan(state: State, text: string): ReadPlan {
  const unread: Unread[] = [];
  const packets: ReadPacket[] = [];
  const places = new Map<string, number>();
  const [instruction] = standingInstructions(state);
  const act: ActOf<'replan'> = {
    type: 'replan',
    reason: '',
    answers: [],
    dropSteps: [],
    live: [],
    todos: [],
    add: [],
    drop: [],
    order: [],
    ...(instruction ? { quotes: { instruction: instruction.n, words: instruction.words } } : {}),
  };
  let reasonLine = 0;
  const reason: string[] = [];
  const steps: PlannedStep[] = [];
  const parts: Part[] = [];
  let inReason = false;
  for (const [line, words_] of linesOf(text).entries()) {
    const last = parts.at(-1);
    const given = field.exec(words_);
    const drop = dropped.exec(words_);
    const head = heads.map(([kind, form]) => [kind, form.exec(words_)] as const).find(([, found]) => found);
    if (words_.startsWith(unclearMark)) {
      unread.push({ line, why: words.unclear, code: 'unclear' });
      last?.body.push('');
    } else if (given) {
      inReason = given[1] === 'REASON';
      if (inReason) reasonLine = line;
      if (inReason) reason.push(given[2] ?? '');
      else act.answers.push(...(given[2]?.match(/\d{1,8}/g) ?? []).map(Number));
    } else if (drop) {
      inReason = false;
      const [, kind, n, why = ''] = drop;
      places.set(`${kind?.toLowerCase()} ${n}`, line);
      if (kind === 'TODO') act.drop.push({ todo: Number(n), reason: why });
      else act.dropSteps.push({ step: Number(n), reason: why });
      parts.push({ kind: 'other', n: 0, rest: '', line, body: [] });
    } else if (head) {
      inReason = false;
      const [kind, found] = head;
      const n = Number(found?.[1] ?? 0);
      if (n > 0) places.set(`${kind} ${n}`, line);
      parts.push({ kind, n, rest: found?.[2] ?? '', line, body: [] });
    } else if (last && !inReason) last.body.push(words_);
    else if (inReason) reason.push(words_);
  }
  act.reason = reason.join('\n').trim();
  for (const part of parts) {
    const body = part.body.map((one) => (/^\s*>/.test(one) ? '' : one)).join('\n');
    const read = parsePackets(body, part.line + 1);
    const first = read[0]?.fields[0]?.line ?? Infinity;
    part.body.forEach((one, index) => {
      const isBefore = part.line + 1 + index < first || read.length === 0;
      if (isBefore && one.trim() !== '' && !/^\s*>/.test(one) && !/^-{3,}\s*$/.test(one))
        unread.push({ line: part.line + 1 + index, why: words.unread, code: 'unread' });
    });
    packets.push(...read);
    const lacks = lackOf(part, read);
    if (lacks !== undefined && !places.has(`${lacks} 0`)) places.set(`${lacks} 0`, part.line);
    take(state, part, read, { act, steps, unread });
  }
  const isChanged = steps.length > 0 || act.dropSteps.length > 0;
  const planned = unreleasedSteps(state);
  if (isChanged || planned.length > 0) act.steps = steps;
  const named = [...act.order, ...act.live.map(({ todo }) => todo), ...act.drop.map(({ todo }) => todo)];
  for (const n of state.list) {
    if (!named.includes(n) && !unread.some((one) => one.n === n))
      unread.push({ line: reasonLine, why: words.unnamed(n), code: 'unnamed', n });
  }
  return { act, unread, packets, reasonLine, lineOf: (kind, n) => places.get(`${kind} ${n}`) };
}

/** The code with which the rules refuse what a new part lacks: they know of no place of it. */
function lackOf({ kind, rest }: Part, read: readonly ReadPacket[]): string | undefined {
  const { role, words: title } = roleOf(rest);
  if (kind === 'new-todo') return role === '' ? 'todo-roleless' : undefined;
  if (kind !== 'new-step') return undefined;
  if (title === '') return 'step-untitled';
  return role === '' ? 'step-roleless' : read.length === 0 ? 'step-empty' : undefined;
}

interface Taken {
  readonly act: ActOf<'replan'>;
  readonly steps: PlannedStep[];
  readonly unread: Unread[];
}

function take(state: State, part: Part, read: readonly ReadPacket[], { act, steps, unread }: Taken): void {
  const { kind, n, line } = part;
  const { role, words: rest } = roleOf(part.rest);
  const drafts = read.map(({ draft }) => draft);
  const [draft] = drafts;
  if (kind === 'step' || kind === 'new-step') {
    const tasks = drafts.length === 0 && kind === 'step' ? {} : { tasks: drafts };
    steps.push({
      ...(kind === 'step' ? { step: n } : {}),
      ...(rest === '' && kind === 'step' ? {} : { title: rest }),
      ...(role === '' && kind === 'step' ? {} : { role }),
      ...tasks,
    });
    return;
  }
  if (kind === 'other') return;
  if (drafts.length > 1) unread.push({ line: read[1]?.line ?? line, why: words.several, code: 'several' });
  if (kind === 'new-todo') {
    act.add.push({ packet: draft ?? {}, role });
    return;
  }
  const todo = at(state.todos, n);
  if (todo?.state === 'live') return takeLive(state, part, draft, { act, steps, unread });
  act.order.push(n);
  const named = workerIn(state, role);
  if (named?.worker === undefined && named)
    unread.push({ line, why: words.stranger(named.name), code: 'stranger' });
  const said = named?.role ?? role;
  const isOther = named?.worker !== undefined && named.worker !== todo?.worker;
  const isWritten = draft !== undefined && !isAsShown(draft, todo?.packet);
  if (isWritten || isOther || (todo && said !== '' && said !== todo.role)) {
    act.todos.push({
      todo: n,
      ...(draft ? { packet: draft } : {}),
      ...(said === '' ? {} : { role: said }),
      ...(named?.worker === undefined ? {} : { worker: named.worker }),
    });
  }
}

/** `TODO 4, goes on`, `changes` with the fields as they are to be, or `withdrawn: why`. */
function takeLive(
  state: State,
  { n, rest, line }: Part,
  draft: ReadPacket['draft'] | undefined,
  { act, unread }: Taken,
): void {
  const [, fate = '', why = ''] = /^\s*,?\s*(goes on|changes|withdrawn)\b\s*:?\s*(.*)$/i.exec(rest) ?? [];
  if (/^goes on$/i.test(fate) && draft && !isAsShown(draft, shownOf(state, n))) {
    unread.push({ line, why: words.changed(n), code: 'changed', n });
  }
  if (/^goes on$/i.test(fate)) act.live.push({ todo: n, fate: 'goes-on' });
  else if (/^changes$/i.test(fate)) act.live.push({ todo: n, fate: 'changes', packet: draft ?? {} });
  else if (fate !== '') act.live.push({ todo: n, fate: 'withdrawn', ...(why === '' ? {} : { reason: why }) });
  else unread.push({ line, why: words.fate(n), code: 'fate', n });
}

/** `, role docs: what it is for`. */
function roleOf(rest: string): { readonly role: string; readonly words: string } {
  const [, role = '', words_ = ''] = /^\s*,?\s*(?:role\s+([^:]*))?:?\s*(.*)$/i.exec(rest) ?? [];
  return { role: role.trim(), words: words_.trim() };
}

/** `code, worker web`: whom a TODO is meant for stands behind its role. */
function workerIn(
  state: State,
  role: string,
): { readonly role: string; readonly name: string; readonly worker?: number } | undefined {
  const [, before, name = ''] = /^(.*?),?\s*\bworker\s+(\S.*)$/i.exec(role) ?? [];
  if (before === undefined) return undefined;
  const worker = presentWorkers(state).find((one) => sameWords(visible(one.name), name))?.n;
  return { role: before.trim(), name, ...(worker === undefined ? {} : { worker }) };
}

/** Whether the fields are as the document was opened with them. */
function isAsShown(draft: ReadPacket['draft'], packet: Packet | undefined): boolean {
  const shown = packet && parsePackets(visible(packetForm(packet)))[0]?.draft;
  return JSON.stringify(draft) === JSON.stringify(shown);
}
