import type { Evidence, Flaw, ResultDraft } from '../contract/packets.ts';
import { bareWord, beginning, isBlank, tidy } from './plainText.ts';

/** The TODOs a result answers for, each with its DONE-WHENs. */
export type ExpectedTodo = { readonly todo: number; readonly doneWhen: readonly string[] };

const field = 'EVIDENCE';
const emptyWords = new Set(
  `done|ok|okay|yes|true|y|works|it works|work|working|worked|fixed|passed|pass|passes|passing|complete|completed
finished|ready|tested|checked|verified|implemented|all good|good|fine|great|looks good|lgtm|success|successful|see above
see below|see code|see diff|tbd|todo|n/a|na|none|nothing|no|as expected|as required|as requested|met|all done|it is done
trust me|should work|it should work|works as expected|works fine|obvious|same|ditto`
    .split(/[|\n]/)
    .map((word) => word.trim()),
);

/** True where a text of evidence shows something, and is not a bare "done" or "ok". */
export function showsSomething(text: string | undefined): boolean {
  if (isBlank(text) || text === undefined) return false;
  return /[\p{L}\p{N}]/u.test(text) && !emptyWords.has(bareWord(text));
}

/** The example that a refusal gives: what would show this DONE-WHEN. */
export const exampleOf = (words: string): string =>
  `${beginning(words)} – the command that was run, and what it printed`;

type Found = { readonly evidence: readonly Evidence[]; readonly flaws: readonly Flaw[] };

/** T4: each entry of evidence names a DONE-WHEN that exists, and its TODO in a bundle, and shows something. */
export function readEvidence(draft: ResultDraft['evidence'], todos: readonly ExpectedTodo[]): Found {
  const evidence: Evidence[] = [];
  const flaws: Flaw[] = [];
  const numbers = todos.map(({ todo }) => todo);
  const only = todos.length === 1 ? todos[0] : undefined;
  for (const [index, entry] of (draft ?? []).entries()) {
    const words = tidy(entry.shows ?? '');
    const place = `Evidence ${String(index + 1)}`;
    const before = flaws.length;
    const meant = entry.todo === undefined ? only : todos.find(({ todo }) => todo === entry.todo);
    const add = (why: string, better: string): void => void flaws.push({ field, words, why, better });
    if (meant === undefined) {
      const known = numbers.join(', ');
      const why =
        entry.todo === undefined
          ? `${place} does not say which TODO it is for; this work is TODO ${known}.`
          : `${place} is for TODO ${String(entry.todo)}, which is not part of this work (${known}).`;
      add(why, `todo: ${String(numbers[0] ?? 1)}`);
    }
    const condition = entry.doneWhen === undefined ? undefined : meant?.doneWhen[entry.doneWhen - 1];
    const range = meant === undefined ? 'its TODO' : `1 to ${String(meant.doneWhen.length)}`;
    if (entry.doneWhen === undefined) add(`${place} does not say which DONE-WHEN it shows.`, 'doneWhen: 1');
    else if (meant !== undefined && condition === undefined) {
      add(`${place} names DONE-WHEN ${String(entry.doneWhen)}; there are only ${range}.`, 'doneWhen: 1');
    }
    if (!showsSomething(entry.shows)) {
      const why =
        words === ''
          ? `${place} shows nothing.`
          : `${place} says "${beginning(words)}", which shows nothing.`;
      add(
        `${why} Say what was run or looked at, and what came of it.`,
        exampleOf(condition ?? 'The DONE-WHEN'),
      );
    }
    if (flaws.length > before || entry.doneWhen === undefined) continue;
    const kept = { doneWhen: entry.doneWhen, shows: words };
    evidence.push(entry.todo === undefined ? kept : { todo: entry.todo, ...kept });
  }
  return { evidence, flaws };
}

/** The DONE-WHENs of a TODO, by number from 1, that no entry speaks of. */
export function unshown(
  draft: ResultDraft['evidence'],
  expected: ExpectedTodo,
  single: boolean,
): readonly number[] {
  const shown = new Set<number | undefined>();
  for (const entry of draft ?? []) {
    if (entry.todo === expected.todo || (single && entry.todo === undefined)) shown.add(entry.doneWhen);
  }
  return expected.doneWhen.map((_, index) => index + 1).filter((number) => !shown.has(number));
}
