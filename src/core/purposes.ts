import { findObservables, masked } from './observable.ts';
import { tidy } from './plainText.ts';
import { clausesOf, purposeVerb, type Clause } from './purposeClauses.ts';
import { sentencesOf } from './sentences.ts';
import { describing } from './vagueWords.ts';

type Purpose = { words: string; readonly clauses: Clause[] };

const lead =
  /^(?:[\s*•>–-]|\(?\d{1,2}[.)]\s|[a-z]\)\s|\[ ?\]|(?:please|also|then|next|finally|additionally|furthermore|moreover|in addition|afterwards|after that|besides|plus|and|first|firstly|second|secondly|third|thirdly|lastly|while you are at it|while at it|as well),?\s){1,6}/i;
const prefix = /^(?:[a-z]+(?:\([\w ./-]{1,40}\))?!?|[\p{L}\p{N} /_-]{1,30}|\[[\w -]{1,20}\]):?\s+(?=\p{L})/iu;

/** Words that tie an order to the one before: it goes on with the same thing. */
const tied =
  /(?<![\p{L}\p{N}])(?:it|its|them|their|this|these|those|the same|same|one|ones|both|old|now[- ]unused|unused|obsolete|existing|former|previous|legacy|resulting|accordingly|corresponding|matching|respective|relevant|related|affected)(?![\p{L}\p{N}])/iu;
/** What comes with nearly any change; on its own it is no second purpose. */
const company =
  /^[\p{L} ]{0,20}?(?:\s|^)(?:(?:a|an|the|all|any|its|unit|regression|integration|e2e|smoke|missing|short|public|user|api|some|more|every|our)\s){0,4}(?:tests?|test cases?|specs?|coverage|docs?|documentation|changelog|change log|release notes?|readme|callers?|call sites?|calls|uses|usages|imports?|references?|snapshots?|types?|typings|fixtures?|lock ?file|comments?|migrations?|index|dependenc(?:y|ies)|entry|note|links?)(?![\p{L}])/iu;
const companyPath = /(?:^|[\s`"'])(?:tests?|docs?|spec)\/|\.md\b|\.(?:test|spec)\.|(?:CHANGELOG|README)/i;
const ofWhat = /\s(?:for|of|on|about|to)\s+(.+)$/isu;
const place = /\s(?:in|on|to|into|of|from|under|at|with|for|via|through|by|behind|inside)\s/iu;

const smallWords = new Set(
  `the a an and or of in on to for from with by at into as is are be it its all any our new via per not no so that this also then
add fix implement create introduce remove delete drop rewrite redesign refactor migrate upgrade update document rename improve optimize
port translate write bump deploy build design replace extract convert extend reduce publish move split merge enable disable support change
switch bug bugs issue issues error errors problem feature page button view screen file files module function support option`.split(
    /\s+/,
  ),
);

/** The words of a text that carry its meaning, roughly without their endings. */
function meaning(words: string): ReadonlySet<string> {
  const found =
    words
      .slice(0, 4_000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const kept = found.filter((word) => !smallWords.has(word));
  return new Set(kept.map((word) => (word.length > 4 ? word.replace(/(?:ing|ed|es|s)$/, '') : word)));
}

const share = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].some((word) => other.has(word));
const headOf = (words: string): string => words.split(place, 1)[0] ?? words;
const verbOf = (hidden: string): string =>
  /^\P{L}*([\p{L}]+)/u.exec(hidden.replace(lead, ''))?.[1]?.toLowerCase() ?? '';

const repeatable =
  /^(?:rename|move|delete|remove|replace|update|bump|upgrade|drop|migrate|convert|translate|port|extract|document|deploy)$/;
const searching =
  /^(?:find|locate|reproduce|investigate|analy[sz]e|debug|identify|diagnose|trace|bisect|profile)$/;
const replacing =
  /^(?:move|replace|extract|inline|merge|migrate|rename|deprecate|convert|port|switch|rewrite|split|upgrade|bump|update|enable)$/;

/** True where an order goes on with what an earlier one is about. */
function goesOn(next: Clause, earlier: Clause): boolean {
  const verb = verbOf(next.hidden);
  const first = verbOf(earlier.hidden);
  if (verb === first && repeatable.test(verb)) return true;
  if (verb === 'fix' && searching.test(first)) return true;
  if (/^(?:remove|delete|drop)$/.test(verb) && replacing.test(first)) return true;
  if (
    verb === 'fix' &&
    replacing.test(first) &&
    /(?:errors?|warnings?|breakages?|failures|lint)/i.test(next.hidden)
  )
    return true;
  const about = ofWhat.exec(next.words)?.[1];
  const accompanies = company.test(next.hidden) || companyPath.test(next.words);
  if (accompanies && about === undefined) return true;
  const here = meaning(next.words);
  const there = meaning(earlier.words);
  if (accompanies && about !== undefined)
    return tied.test(about) || share(meaning(about), there) || meaning(about).size === 0;
  if (verb === 'update' && (replacing.test(first) || first === 'change')) return true;
  if (tied.test(next.hidden)) return true;
  return share(meaning(headOf(next.words)), there) || share(meaning(headOf(earlier.words)), here);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const standing = (words: string): string => capital(tidy(words.replace(lead, '')).replace(/[;,]$/, ''));

const genericHeader =
  /^[\s*#]*(?:(?:please )?(?:do|fix|make|complete|finish|handle|address)?\s?(?:all )?(?:the following|these|this|to-?dos?|tasks?|steps?|changes|things|work|items|several things|two things|three things|a few things)[\p{L} ]{0,30}):?\s*$/iu;

/** The lines of a TASK that is a list of orders, without what introduces it. */
function listed(task: string): readonly string[] | undefined {
  const lines = task.split('\n').filter((line) => line.trim() !== '');
  const mark = /^\s{0,8}(?:\(?\d{1,2}[.)]|[-*•]|[a-z]\))\s/i;
  const items = lines.filter((line) => mark.test(line));
  if (items.length < 2 || items.length > 50) return undefined;
  const header = lines.slice(
    0,
    lines.findIndex((line) => mark.test(line)),
  );
  if (header.some((line) => !genericHeader.test(line))) return undefined;
  return items;
}

/** T6: the purposes of a TASK, each a TASK of its own; one entry where it has a single purpose. */
export function purposesOf(task: string): readonly string[] {
  const text = tidy(task);
  const items = listed(text);
  const purposes: Purpose[] = [];
  const add = (words: string, clause: Clause, glue: string, verb: boolean): void => {
    const last = purposes.at(-1);
    const orders = purposes.filter(({ clauses }) => clauses.length > 0);
    const home = verb
      ? purposes.find(({ clauses }) => clauses.some((earlier) => goesOn(clause, earlier)))
      : last;
    if (home !== undefined) {
      home.words = `${home.words}${glue}${home === last ? words : standing(words)}`;
      if (verb) home.clauses.push(clause);
    } else if (verb && orders.length === 0 && last !== undefined) {
      last.words = `${last.words}${glue}${words}`;
      last.clauses.push(clause);
    } else purposes.push({ words, clauses: verb ? [clause] : [] });
  };
  for (const part of items ?? [text]) {
    const hidden = findObservables(part).masked;
    for (const { from, to } of sentencesOf(hidden).slice(0, 60)) {
      const words = part.slice(from, to);
      const shown = hidden.slice(from, to).replaceAll(new RegExp(`${masked}+`, 'g'), (run) => run);
      for (const [index, clause] of clausesOf(words, shown).entries()) {
        const bare = clause.hidden.replace(lead, '');
        const opens = purposes.length === 0 && !describing.test(bare);
        const order =
          index > 0 || opens || purposeVerb.test(bare) || purposeVerb.test(bare.replace(prefix, ''));
        add(
          clause.words.trim(),
          clause,
          index > 0 ? ' and ' : items === undefined && /\n\s*$/.test(part.slice(0, from)) ? '\n' : ' ',
          order,
        );
      }
    }
  }
  if (purposes.length < 2) return [text];
  return purposes.map(({ words }) => standing(words));
}
