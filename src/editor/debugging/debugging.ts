import * as z from 'zod/mini';
import { debugActs } from '../../contract/debug.ts';
import { isDebug } from '../../core/debugMode.ts';
import { isBlank, todoName } from '../../core/labels.ts';
import type { Todo } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, type Action } from '../action.ts';
import { todoChoices, waits, type Numbered } from '../asking/choices.ts';
import { needed, numberStop, reasonStop } from '../asking/stops.ts';
import { confirmStop, pickStop, textStop, walk, type Stop } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import type { Room } from '../room.ts';
import { asks, confirms, hasRollback, rows, titles } from './sentences.ts';

/** 0 is the whole orchestration. */
const turning = z.object({ todo: z.optional(z.int().check(z.minimum(0))), reason: z.optional(z.string()) });
type Turning = z.output<typeof turning>;

/** P9: debug mode for a TODO or for all of them. It is ended by the user alone, whose word is the last step. */
export function debugMode(room: Room, on: boolean): Action {
  return action(turning, async (given) => {
    const choices = (): Numbered[] => [
      { label: asks.whole, value: 0 },
      ...todoChoices(room.state, (todo) => waits(todo) && isDebug(room.state, todo) !== on),
    ];
    const draft = await walk<Turning>(on ? titles.on : titles.off, given, [
      numberStop<'todo', Turning>('todo', asks.todo, choices),
      reasonStop<Turning>(on ? asks.on : asks.off),
      ...(on ? [] : [confirmStop<Turning>(({ todo = 0 }) => confirms.off(named(room, todo)))]),
    ]);
    if (!draft) return cancelled;
    const { todo = 0, reason = '' } = draft;
    return room.submit({ type: 'debug-mode', on, reason, ...(todo === 0 ? {} : { todo }) });
  });
}

function named(room: Room, n: number): string {
  const todo: Todo | undefined = at(room.state.todos, n);
  return todo ? forPick(todoName(todo), 100) : 'the orchestration';
}

const describing = z.partial(debugActs['describe-bug']);
interface Describing {
  readonly todo?: number | undefined;
  readonly command?: string | undefined;
  readonly shows?: string | undefined;
  readonly risk?: 'low' | 'risky' | undefined;
  readonly why?: string | undefined;
  readonly triggers?: boolean | undefined;
  readonly watch?: string | undefined;
  readonly by?: string | undefined;
  readonly fires?: string | undefined;
  readonly undo?: string | undefined;
}

const isTriggered = ({ triggers, risk }: Describing): boolean => triggers === true || risk === 'risky';
const same = (text: string): string => text;

/** P9: what reproduces a bug, how risky its fix is, and when that is taken back. */
export function describeBug(room: Room): Action {
  return action(describing, async (given) => {
    const { todo, reproduction, risk, why, rollback } = given;
    if (todo !== undefined && reproduction && risk !== undefined && why !== undefined) {
      return room.submit({
        type: 'describe-bug',
        todo,
        reproduction,
        risk,
        why,
        ...(rollback ? { rollback } : {}),
      });
    }
    const line = (key: 'command' | 'shows' | 'why'): Stop<Describing> =>
      textStop<Describing, typeof key>(key, { ...asks[key], flaw: needed('It') }, same);
    const trigger = (key: 'watch' | 'fires' | 'undo'): Stop<Describing> => ({
      ...textStop<Describing, typeof key>(key, { ...asks[key], flaw: needed('It') }, same),
      when: isTriggered,
    });
    const draft = await walk<Describing>(titles.describe, { todo }, [
      numberStop<'todo', Describing>('todo', asks.todo, () =>
        todoChoices(room.state, (one) => waits(one) && isDebug(room.state, one)),
      ),
      line('command'),
      line('shows'),
      pickStop<Describing, 'risk'>('risk', () => ({
        placeholder: asks.risk,
        choices: [
          { ...rows.low, value: 'low' },
          { ...rows.risky, value: 'risky' },
        ],
      })),
      line('why'),
      pickStop<Describing, 'triggers'>(
        'triggers',
        () => ({
          placeholder: hasRollback,
          choices: [
            { ...rows.none, value: false },
            { ...rows.some, value: true },
          ],
        }),
        (known) => known.risk === 'low',
      ),
      trigger('watch'),
      { ...textStop<Describing, 'by'>('by', asks.by, same), when: isTriggered },
      trigger('fires'),
      trigger('undo'),
    ]);
    if (!draft) return cancelled;
    const { watch = '', fires: reading = '', undo = '', by = '' } = draft;
    const command = isBlank(by) ? {} : { command: by };
    return room.submit({
      type: 'describe-bug',
      todo: draft.todo ?? 1,
      reproduction: { command: draft.command ?? '', shows: draft.shows ?? '' },
      risk: draft.risk ?? 'low',
      why: draft.why ?? '',
      ...(isTriggered(draft) ? { rollback: { watch, reading, undo, ...command } } : {}),
    });
  });
}
