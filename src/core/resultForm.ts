import type { Flaw, ItemAnswer, OpenItem, Result, ResultDraft } from '../contract/packets.ts';
import { debugFlaws } from './bug.ts';
import { folderFlaws } from './folders.ts';
import { bareWord, beginning, isBlank, tidy } from './plainText.ts';
import { exampleOf, readEvidence, showsSomething, unshown, type ExpectedTodo } from './resultEvidence.ts';
import { readStillOpen } from './stillOpen.ts';

type Expected = {
  readonly todos: readonly ExpectedTodo[];
  readonly earlierItems: readonly { readonly todo: number; readonly words: string }[];
  readonly folders?: readonly string[] | undefined;
  /** Whether a TODO of it is in debug mode (P9). */
  readonly debug?: boolean;
};

const outcomes = ['done', 'partial', 'failed', 'blocked'] as const;
const readOutcome = (text: string | undefined): Result['outcome'] | undefined =>
  outcomes.find((outcome) => outcome === bareWord(text ?? ''));

function plainFlaws(draft: ResultDraft): readonly Flaw[] {
  const flaws: Flaw[] = [];
  if (readOutcome(draft.outcome) === undefined) {
    const why = 'OUTCOME must be one of done, partial, failed, blocked.';
    flaws.push({ field: 'OUTCOME', words: draft.outcome ?? '', why, better: 'partial' });
  }
  if (isBlank(draft.summary)) {
    const why = 'SUMMARY is missing; one sentence on what was changed.';
    flaws.push({
      field: 'SUMMARY',
      words: '',
      why,
      better: 'What was changed, where, and why that settles the TASK.',
    });
  }
  if (draft.files === undefined) {
    const why = 'FILES is missing; write an empty list if nothing was changed.';
    flaws.push({ field: 'FILES', words: '', why, better: '[]' });
  } else if (draft.files.some(isBlank)) {
    flaws.push({ field: 'FILES', words: '', why: 'One of the FILES is blank; leave it out.', better: '[]' });
  }
  return flaws;
}

const plainNo =
  /^(?:no|nope|none|false|unaffected|not affected|no change|(?:the )?plan (?:is )?(?:not affected|unaffected))$/;

/** T7: "no", or yes with the reason; any other words are taken as the reason. */
function readPlanAffected(draft: ResultDraft['planAffected']): Result['planAffected'] | undefined {
  if (draft === false) return { affected: false, why: '' };
  if (draft === undefined || draft === true) return undefined;
  if (typeof draft === 'object') {
    const why = tidy(draft.why ?? '');
    return draft.affected && isBlank(why) ? undefined : { affected: draft.affected, why };
  }
  const word = bareWord(draft);
  if (plainNo.test(word)) return { affected: false, why: '' };
  const why = tidy(draft).replace(/^yes\b[\s,;:.–—-]{0,9}/i, '');
  return isBlank(why) || /^(?:y|true|affected|n\/a|-|tbd)$/.test(word) ? undefined : { affected: true, why };
}

function planFlaws(draft: ResultDraft): readonly Flaw[] {
  if (readPlanAffected(draft.planAffected) !== undefined) return [];
  const said = draft.planAffected;
  const why =
    said === undefined || (typeof said === 'string' && isBlank(said))
      ? 'PLAN-AFFECTED is missing; write no, or why the plan does not hold any more.'
      : 'PLAN-AFFECTED does not say why; write which step does not hold any more, or no.';
  return [{ field: 'PLAN-AFFECTED', words: typeof said === 'string' ? said : '', why, better: 'no' }];
}

/** Rejected work: each item of the earlier result is closed with evidence, or still open, once. */
function earlierFlaws(draft: ResultDraft, expected: Expected): readonly Flaw[] {
  const field = 'EARLIER-ITEMS';
  const given = draft.earlierItems ?? [];
  const flaws: Flaw[] = [];
  for (const { todo, words } of expected.earlierItems) {
    const name = `TODO ${String(todo)} ("${beginning(words)}")`;
    const answers = given.filter((answer) => answer.todo === todo);
    const [only] = answers;
    const better = `${String(todo)}: still open`;
    if (only === undefined) {
      flaws.push({
        field,
        words,
        why: `${name} of your earlier result is not answered: closed with evidence, or still open?`,
        better,
      });
    } else if (answers.length > 1) {
      flaws.push({ field, words, why: `${name} is answered more than once.`, better });
    } else if (only.closed && !showsSomething(only.evidence)) {
      const why = `${name} is said to be closed, and nothing shows it.`;
      flaws.push({
        field,
        words: only.evidence ?? '',
        why,
        better: `${String(todo)}: closed, ${exampleOf(words)}`,
      });
    }
  }
  for (const { todo } of given) {
    if (expected.earlierItems.some((item) => item.todo === todo)) continue;
    const why = `TODO ${String(todo)} is no item of your earlier result; new items belong under what is still open.`;
    flaws.push({ field, words: String(todo), why, better: 'leave it out' });
  }
  return flaws;
}

/** A bundle says for each of its TODOs whether it is done or open, and a done one has all its evidence. */
function bundleFlaws(draft: ResultDraft, todos: readonly ExpectedTodo[]): readonly Flaw[] {
  const field = 'BUNDLE';
  const given = draft.bundle ?? [];
  const flaws: Flaw[] = [];
  for (const expected of todos) {
    const name = `TODO ${String(expected.todo)}`;
    const said = given.filter(({ todo }) => todo === expected.todo);
    if (said.length > 1)
      flaws.push({
        field,
        words: String(expected.todo),
        why: `${name} is named more than once.`,
        better: `${String(expected.todo)}: open`,
      });
    if (todos.length === 1) continue;
    if (said.length === 0) {
      flaws.push({
        field,
        words: '',
        why: `${name} is part of the bundle; say whether it is done or open.`,
        better: `${String(expected.todo)}: open`,
      });
    }
    if (said.length !== 1 || said[0]?.state !== 'done') continue;
    for (const number of unshown(draft.evidence, expected, false)) {
      const words = expected.doneWhen[number - 1] ?? '';
      const why = `${name} is said to be done, and nothing shows its DONE-WHEN ${String(number)} ("${beginning(words)}").`;
      flaws.push({
        field: 'EVIDENCE',
        words,
        why,
        better: `todo: ${String(expected.todo)}, doneWhen: ${String(number)}, shows: ${exampleOf(words)}`,
      });
    }
  }
  for (const { todo } of given) {
    if (todos.some((expected) => expected.todo === todo)) continue;
    const why = `TODO ${String(todo)} is not part of this work.`;
    flaws.push({ field, words: String(todo), why, better: 'leave it out' });
  }
  return flaws;
}

/** What stands against the word Nothing in the same result. */
function againstNothing(draft: ResultDraft, todos: readonly ExpectedTodo[]): readonly Flaw[] {
  const field = 'STILL-OPEN';
  const words = 'Nothing';
  const flaws: Flaw[] = [];
  const outcome = readOutcome(draft.outcome);
  if (outcome !== undefined && outcome !== 'done') {
    const why = `The outcome is ${outcome}, so something is still open; list it.`;
    flaws.push({ field, words, why, better: 'what is left to do, in one sentence' });
  }
  const single = todos.length === 1;
  for (const expected of todos) {
    const state = draft.bundle?.find(({ todo }) => todo === expected.todo)?.state;
    const of = single ? '' : ` of TODO ${String(expected.todo)}`;
    if (state === 'open') {
      const why = `TODO ${String(expected.todo)} is said to be open, so Nothing cannot be right; list what is left of it.`;
      flaws.push({ field, words, why, better: `what is left to do of TODO ${String(expected.todo)}` });
    }
    // A done TODO of a bundle is named at EVIDENCE already; one that is left out, at BUNDLE.
    if (!single) continue;
    for (const number of unshown(draft.evidence, expected, single)) {
      const condition = expected.doneWhen[number - 1] ?? '';
      const why = `Nothing shows DONE-WHEN ${String(number)}${of} ("${beginning(condition)}"); give its evidence or list it as open.`;
      flaws.push({
        field,
        words,
        why,
        better: `DONE-WHEN ${String(number)} is not shown yet: ${beginning(condition)}`,
      });
    }
  }
  return flaws;
}

/** An item names a TODO of this work and one of its DONE-WHENs; in a bundle a DONE-WHEN alone could be any TODO's. */
function placeFlaws({ words, todo, doneWhen }: OpenItem, todos: readonly ExpectedTodo[]): readonly Flaw[] {
  const field = 'STILL-OPEN';
  const known = todos.map((expected) => expected.todo).join(', ');
  const meant = todos.find((expected) => expected.todo === (todo ?? todos[0]?.todo));
  if (todo !== undefined && meant === undefined) {
    const why = `It is for TODO ${String(todo)}, which is not part of this work (${known}).`;
    return [{ field, words, why, better: words }];
  }
  if (doneWhen === undefined) return [];
  if (todo === undefined && todos.length > 1) {
    const why = `It names DONE-WHEN ${String(doneWhen)} and does not say of which TODO (${known}); say it, or leave the number out.`;
    return [{ field, words, why, better: words }];
  }
  const most = meant?.doneWhen.length ?? 0;
  if (doneWhen <= most) return [];
  const why = `It names DONE-WHEN ${String(doneWhen)}; there are only 1 to ${String(most)}.`;
  return [{ field, words, why, better: words }];
}

function debugSaid(said: ResultDraft['debug']): Pick<Result, 'debug'> {
  if (!said) return {};
  const { bug = '', root = '', fix = '', test = '', result = '' } = said;
  return {
    debug: { bug: tidy(bug), root: tidy(root), fix: tidy(fix), test: tidy(test), result: tidy(result) },
  };
}

const keepAnswer = (given: ItemAnswer): ItemAnswer => {
  const kept = { todo: given.todo, closed: given.closed };
  return given.evidence === undefined ? kept : { ...kept, evidence: tidy(given.evidence) };
};

/** T4: a complete result whose parts do not contradict each other, or each flaw with a form that would pass. */
export function checkResult(
  draft: ResultDraft,
  expected: Expected,
): { readonly result: Result } | { readonly flaws: readonly Flaw[] } {
  const { todos } = expected;
  const flaws: Flaw[] = [...plainFlaws(draft), ...folderFlaws(draft.files ?? [], expected.folders ?? [])];
  const found = readEvidence(draft.evidence, todos);
  flaws.push(...found.flaws, ...planFlaws(draft));
  const open = readStillOpen(draft.stillOpen);
  if (open.kind === 'unclear') flaws.push(...open.flaws);
  if (open.kind === 'nothing') flaws.push(...againstNothing(draft, todos));
  const items = open.kind === 'items' ? open.items : [];
  flaws.push(...items.flatMap((item) => placeFlaws(item, todos)));
  flaws.push(...earlierFlaws(draft, expected), ...bundleFlaws(draft, todos));
  if (expected.debug) flaws.push(...debugFlaws(draft));
  const outcome = readOutcome(draft.outcome);
  const planAffected = readPlanAffected(draft.planAffected);
  if (flaws.length > 0 || outcome === undefined || planAffected === undefined) return { flaws };
  const files = (draft.files ?? []).map(tidy);
  return {
    result: {
      outcome,
      summary: tidy(draft.summary ?? ''),
      evidence: [...found.evidence],
      files: files.length === 1 && bareWord(files[0] ?? '') === 'none' ? [] : files,
      planAffected,
      open: [...items],
      earlierItems: (draft.earlierItems ?? []).map(keepAnswer),
      bundle: [...(draft.bundle ?? [])],
      ...debugSaid(draft.debug),
    },
  };
}
