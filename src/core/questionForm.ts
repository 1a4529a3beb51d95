import type { Answer, Flaw, Question, QuestionDraft } from '../contract/packets.ts';
import { folderFlaws } from './folders.ts';
import { bareWord, beginning, isBlank, tidy } from './plainText.ts';

const missing = (field: string, why: string, better: string): Flaw => ({ field, words: '', why, better });

/** "B", "2", "option 2" or "2) …" as a place in the list, or nothing. */
function placeNamed(text: string): { readonly place: number; readonly rest: string } | undefined {
  const found = /^(?:option\s{0,4})?#?(\d{1,3}|[a-z])(?:(?:[.):](?=\s|$)|\s[–—-]\s)\s{0,4}(.*)|)$/is.exec(
    text,
  );
  const label = found?.[1];
  if (label === undefined) return undefined;
  const digits = /^\d/.test(label);
  const place = digits ? Number(label) - 1 : label.toLowerCase().charCodeAt(0) - 97;
  return { place, rest: found?.[2] ?? '' };
}

const sameText = (one: string, other: string): boolean => bareWord(one) === bareWord(other);

/** P6: the option that a text means, by its words, its number or its letter. */
export function optionMeant(text: string, options: readonly string[]): string | undefined {
  const exact =
    options.find((option) => tidy(option) === tidy(text)) ?? options.find((o) => sameText(o, text));
  if (exact !== undefined) return tidy(exact);
  const named = placeNamed(tidy(text));
  const labelled = options.map((option) => ({ option, own: placeNamed(tidy(option)) }));
  if (named !== undefined) {
    const owners = labelled.filter(({ own }) => own !== undefined && own.rest !== '');
    const byLabel = owners.find(({ own }) => own?.place === named.place)?.option;
    const meant = owners.length === options.length ? byLabel : options[named.place];
    if (meant === undefined) return undefined;
    const restOf = placeNamed(tidy(meant))?.rest ?? '';
    const fits = named.rest === '' || sameText(named.rest, meant) || sameText(named.rest, restOf);
    return fits ? tidy(meant) : undefined;
  }
  const byRest = labelled.find(({ own }) => own !== undefined && own.rest !== '' && sameText(own.rest, text));
  return byRest === undefined ? undefined : tidy(byRest.option);
}

/** Yes or no as a person or an agent writes it; nothing where it is neither or both. */
function yesOrNo(value: boolean | string | undefined): boolean | undefined {
  if (value === undefined || typeof value === 'boolean') return value;
  const word = bareWord(value).replace(/^blocking\s{0,4}[:=]\s{0,4}/, '');
  if (/^(?:yes|y|true|blocking|blocks|blocked|it blocks|it is blocking)$/.test(word)) return true;
  if (/^(?:no|n|false|non-?\s?blocking|not blocking|not blocked|it does not block)$/.test(word)) return false;
  const led = /^(yes|no)\s{0,4}[,;:.(–—-]/.exec(word)?.[1];
  if (led === undefined || (/\byes\b/.test(word) && /\bno\b/.test(word))) return undefined;
  return led === 'yes';
}

/** P6: how a question counts while it is incomplete: blocking, unless it clearly says no. */
export function blockingOf(draft: QuestionDraft): boolean {
  return yesOrNo(draft.blocking) !== false;
}

function optionFlaws(options: readonly string[] | undefined): readonly Flaw[] {
  const better = 'two or more different choices, each a sentence of its own';
  if (options === undefined) return [missing('OPTIONS', 'OPTIONS is missing; give at least two.', better)];
  const different = new Set(options.filter((option) => !isBlank(option)).map(bareWord));
  if (different.size < 2) {
    const why = 'OPTIONS needs at least two different choices; leaving things as they are can be one.';
    return [{ field: 'OPTIONS', words: options.join('\n'), why, better }];
  }
  if (options.some(isBlank)) return [missing('OPTIONS', 'One of the OPTIONS is blank.', better)];
  return [];
}

function recommendedFlaws(draft: QuestionDraft, options: readonly string[]): readonly Flaw[] {
  const field = 'RECOMMENDED';
  const better = options.find((option) => !isBlank(option)) ?? 'one of the OPTIONS, word for word';
  if (isBlank(draft.recommended)) {
    return [missing(field, 'RECOMMENDED is missing; name the option you would take.', tidy(better))];
  }
  const words = draft.recommended ?? '';
  if (options.length === 0 || optionMeant(words, options) !== undefined) return [];
  const why = 'RECOMMENDED is none of the OPTIONS; write one of them, or its number.';
  return [{ field, words, why, better: tidy(better) }];
}

function blockingFlaws(draft: QuestionDraft): readonly Flaw[] {
  if (yesOrNo(draft.blocking) !== undefined) return [];
  const why = 'BLOCKING must say yes or no: can you go on without the answer?';
  return [{ field: 'BLOCKING', words: String(draft.blocking ?? ''), why, better: 'yes' }];
}

function fileFlaws(files: readonly string[] | undefined): readonly Flaw[] {
  if (files === undefined)
    return [missing('FILES', 'FILES is missing; write an empty list if it is about none.', 'none')];
  if (files.some(isBlank)) return [missing('FILES', 'One of the FILES is blank.', 'none')];
  return [];
}

/** P6: a complete question, its RECOMMENDED as the option's own text, or each field it lacks. */
export function checkQuestion(
  draft: QuestionDraft,
  folders: readonly string[] = [],
): { readonly question: Question } | { readonly flaws: readonly Flaw[] } {
  const flaws: Flaw[] = [];
  if (isBlank(draft.question)) {
    flaws.push(
      missing('QUESTION', 'QUESTION is missing; ask one thing.', 'Which of the two formats is to be kept?'),
    );
  }
  if (isBlank(draft.context)) {
    const better = 'What you did, what you found, and why it stops you.';
    flaws.push(missing('CONTEXT', 'CONTEXT is missing; say what led to the question.', better));
  }
  const options = draft.options ?? [];
  flaws.push(
    ...fileFlaws(draft.files),
    ...folderFlaws(draft.files ?? [], folders),
    ...optionFlaws(draft.options),
  );
  flaws.push(...recommendedFlaws(draft, options), ...blockingFlaws(draft));
  if (flaws.length > 0) return { flaws };
  const files = (draft.files ?? []).map(tidy);
  const none = files.length === 1 && bareWord(files[0] ?? '') === 'none';
  return {
    question: {
      question: tidy(draft.question ?? ''),
      context: tidy(draft.context ?? ''),
      files: none ? [] : files,
      options: options.map(tidy),
      recommended: optionMeant(draft.recommended ?? '', options) ?? '',
      blocking: blockingOf(draft),
    },
  };
}

/** The option that is chosen, "None of these: …" with its words, or nothing. */
function choiceMeant(text: string, options: readonly string[]): string | undefined {
  const meant = optionMeant(text, options);
  if (meant !== undefined) return meant;
  const words = /^none of these\b[\s:;,.–—-]*(.*)$/is.exec(tidy(text))?.[1];
  return words !== undefined && /[\p{L}\p{N}]/u.test(words) ? tidy(text) : undefined;
}

/** An answer as somebody writes it: any of the four parts may be missing. */
export type AnswerDraft = { readonly [Part in keyof Answer]?: Answer[Part] | undefined };

/** P6: an answer with its four parts, the choice as the option's own text, or what it lacks. */
export function checkAnswer(
  draft: AnswerDraft,
  options: readonly string[],
): { readonly answer: Answer } | { readonly flaws: readonly Flaw[] } {
  const flaws: Flaw[] = [];
  const first = tidy(
    options.find((option) => !isBlank(option)) ?? 'None of these: what is to be done instead',
  );
  const words = tidy(draft.chosen ?? '');
  const chosen = choiceMeant(words, options);
  if (isBlank(draft.chosen))
    flaws.push(missing('CHOSEN', 'CHOSEN is missing; name one of the options.', first));
  else if (chosen === undefined) {
    const why =
      'CHOSEN is none of the options; write one of them, or "None of these:" and what is to be done.';
    const bare = /^none of these\b/i.test(words);
    flaws.push({
      field: 'CHOSEN',
      words,
      why,
      better: bare ? first : `None of these: ${beginning(words, 400)}`,
    });
  }
  if (isBlank(draft.rationale)) {
    flaws.push(
      missing(
        'RATIONALE',
        'RATIONALE is missing; one sentence is enough.',
        'Because …, and the others would …',
      ),
    );
  }
  if (isBlank(draft.constraints)) {
    flaws.push(missing('CONSTRAINTS', 'CONSTRAINTS is missing; write "none" if there are none.', 'none'));
  }
  if (isBlank(draft.nextStep)) {
    flaws.push(
      missing('NEXT-STEP', 'NEXT-STEP is missing; say what the worker does now.', 'Go on with the TASK.'),
    );
  }
  if (flaws.length > 0 || chosen === undefined) return { flaws };
  const rationale = tidy(draft.rationale ?? '');
  const constraints = tidy(draft.constraints ?? '');
  return { answer: { chosen, rationale, constraints, nextStep: tidy(draft.nextStep ?? '') } };
}
