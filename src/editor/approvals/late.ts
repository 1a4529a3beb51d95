import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { at } from '../../core/table.ts';
import { action, cancelled, type Action } from '../action.ts';
import { resultChoices, type Numbered } from '../asking/choices.ts';
import { numberStop, reasonStop } from '../asking/stops.ts';
import { confirmed, walk, type Stop } from '../asking/walk.ts';
import { forMessage, forPick } from '../inert.ts';
import { asks, confirms, titles } from '../prompts.ts';
import type { Room } from '../room.ts';

interface LateItem {
  readonly result?: number | undefined;
  readonly item?: number | undefined;
}

function lateResults(room: Room): readonly Numbered[] {
  return resultChoices(room.state, (n) => room.state.late.includes(n));
}

function itemStops<D extends LateItem>(room: Room): readonly Stop<D>[] {
  return [
    numberStop<'result', D>('result', asks.result, () => lateResults(room)),
    {
      key: 'item',
      when: (draft) => openItems(room, draft.result).length > 0,
      ask: (frame, draft) =>
        numberStop<'item', D>('item', asks.item, () => openItems(room, draft.result)).ask(frame, draft),
    },
  ];
}

function openItems(room: Room, n: number | undefined): readonly Numbered[] {
  const result = n === undefined ? undefined : at(room.state.results, n);
  return (result?.lateItems ?? []).flatMap((item, index) =>
    item.standing === 'open'
      ? [
          {
            label: `Item ${index + 1}`,
            detail: forPick(result?.packet.open[index]?.words ?? '', 200),
            value: index + 1,
          },
        ]
      : [],
  );
}

const adding = z.partial(acts['add-late-item']);
type Adding = z.output<typeof adding>;

export function addLateItem(room: Room): Action {
  return action(adding, async (given) => {
    const draft = await walk<Adding>(titles.addLateItem, given, itemStops<Adding>(room));
    if (!draft) return cancelled;
    return room.submit({ type: 'add-late-item', result: draft.result ?? 1, item: draft.item ?? 1 });
  });
}

const dismissing = z.partial(acts['dismiss-late-item']);
type Dismissing = z.output<typeof dismissing>;

/** The user's alone: an item that a worker left open is not done. */
export function dismissLateItem(room: Room): Action {
  return action(dismissing, async (given) => {
    const draft = await walk<Dismissing>(titles.dismissLateItem, given, [
      ...itemStops<Dismissing>(room),
      reasonStop<Dismissing>(asks.why.dismiss),
    ]);
    if (!draft) return cancelled;
    const { result = 1, item = 1, reason = '' } = draft;
    const words = at(room.state.results, result)?.packet.open[item - 1]?.words ?? '';
    const detail = confirms.dismissDetail(forMessage(words, 400), reason);
    if (!(await confirmed(confirms.dismiss(result), detail))) return cancelled;
    return room.submit({ type: 'dismiss-late-item', result, item, reason });
  });
}

const noting = z.object({ result: z.optional(z.int()) });
type Noting = z.output<typeof noting>;

export function noteLateResult(room: Room): Action {
  return action(noting, async (given) => {
    const draft = await walk<Noting>(titles.noteLateResult, given, [
      numberStop<'result', Noting>('result', asks.result, () => lateResults(room)),
    ]);
    return draft ? room.submit({ type: 'note-late-result', result: draft.result ?? 1 }) : cancelled;
  });
}
