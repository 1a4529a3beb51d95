import type { Task } from './calls.ts';
import type { Submit } from './script.ts';
import { matches } from './script.ts';

type Item = { readonly words: string; readonly done_when?: number };

const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();

/**
 * A result as the call takes it. What the packet asks for beyond the script is listed as open and not passed over,
 * since a person may have edited the packet; an item that an earlier result listed is answered and not listed twice.
 */
export function resultOf(
  task: Task,
  submit: Submit,
  files: readonly string[],
  fill: (text: string) => string,
): Record<string, unknown> {
  const { done_when: conditions } = task.packet;
  const evidence = submit.evidence
    .slice(0, conditions.length)
    .map((text, index) => ({ done_when: index + 1, shows: fill(text) }));
  const listed = (submit.stillOpen === 'Nothing' ? [] : submit.stillOpen).map(({ words, doneWhen }): Item =>
    doneWhen === undefined ? { words: fill(words) } : { words: fill(words), done_when: doneWhen },
  );
  const fresh = listed.filter(({ words }) => !task.earlierItems.some((item) => same(item.words, words)));
  const open = submit.outcome === 'done' ? [...fresh, ...unshown(conditions, evidence.length, fresh)] : fresh;
  const isPartial = submit.outcome === 'done' && open.some((item) => item.done_when !== undefined);
  return {
    outcome: isPartial ? 'partial' : submit.outcome,
    summary: fill(submit.summary),
    evidence,
    files,
    plan_affected: submit.planAffected === undefined ? 'no' : fill(submit.planAffected),
    still_open: open.length === 0 ? 'Nothing' : open,
    ...(submit.debug ? { debug: filledIn(submit.debug, fill) } : {}),
    ...(task.earlierItems.length === 0 ? {} : { earlier_items: earlier(task, submit, fill) }),
    ...(task.todos.length < 2 ? {} : { bundle: task.todos.map((todo) => ({ todo, state: 'open' })) }),
  };
}

/** A result that says why the worker could not go on. */
export function hindrance(outcome: 'blocked' | 'failed', summary: string, words: string): Submit {
  const debug = { bug: words, root: 'Not found.', fix: 'None.', test: 'None.', result: 'Not shown.' };
  return { do: 'submit', outcome, summary, evidence: [], stillOpen: [{ words }], closes: [], debug };
}

function filledIn<T extends object>(
  parts: { readonly [K in keyof T]: string },
  fill: (text: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries<string>(parts).map(([part, words]) => [part, fill(words)]));
}

function unshown(conditions: readonly string[], shown: number, listed: readonly Item[]): readonly Item[] {
  return conditions.flatMap((text, index) => {
    const number = index + 1;
    if (index < shown || listed.some((item) => item.done_when === number)) return [];
    return [{ words: `DONE-WHEN ${number} is not shown yet: ${text}`, done_when: number }];
  });
}

function earlier(
  task: Task,
  submit: Submit,
  fill: (text: string) => string,
): readonly Record<string, unknown>[] {
  return task.earlierItems.map(({ todo, words }) => {
    const closing = submit.closes.find((one) => matches(one.words, words));
    return closing === undefined
      ? { todo, closed: false }
      : { todo, closed: true, evidence: fill(closing.evidence) };
  });
}
