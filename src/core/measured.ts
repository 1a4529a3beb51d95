import { findObservables, masked, type Observable } from './observable.ts';
import { sentencesOf, type Sentence } from './sentences.ts';
import { emptyOrderIn, vagueIn, type Vague } from './vagueWords.ts';

/** One vague place of a text: the exact words, and the sentence that has nothing to check beside them. */
export type VaguePlace = { readonly words: string; readonly sentence: Sentence };

const measures = (found: readonly Observable[]): boolean =>
  found.some(({ kind }) => kind === 'command' || kind === 'quoted' || kind === 'number');

const tellingVerb =
  /(?<![\p{L}\p{N}])(?:exists?|prints?|returns?|exits?|pass(?:es)?|fails?|succeeds?|throws?|contains?|equals?|shows?|lists?|logs?|answers?|responds?|rejects?|accepts?|refuses?|raises?|emits?|writes?|match(?:es)?|compiles?|builds?|no longer|gone|empty|absent|includes?|reads?|calls?|gives?|reports?|appears?|disappears?|removed|deleted|renamed|created|listed|documented|same|identical|sorted|has|have|never|without|unchanged)(?![\p{L}\p{N}])/iu;

const explaining =
  /(?::|\bso that|\bso|\bsuch that|\bby|\buntil|\binstead of|\binto|\band (?:write|record|report|list|document|note)|\bwhich|[–—])\s+(.+)$/su;
const cleaning = /^(?:clean|tidy|look)/i;
const cleaningExplained = /\b(?:when|after|once|before|on|from|older than)\s+(.+)$/su;

/** Hostile texts are long; what counts as vague or as an explanation is near the beginning. */
const longestExplanation = 400;
const mostPlaces = 40;
const mostPerSentence = 8;

const wordCount = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;

/** "Improve X: …", "… so that …": the words that say what is meant, vague words in them set aside. */
function explained(sentence: string, vague: Vague): boolean {
  const rest = sentence.slice(vague.to);
  const found =
    explaining.exec(rest) ??
    (cleaning.test(sentence.slice(vague.from)) ? cleaningExplained.exec(rest) : null);
  const words = found?.[1]?.slice(0, longestExplanation);
  return words !== undefined && wordCount(words) >= 3 && vagueIn(words, 'DONE-WHEN').length === 0;
}

const saysLittle = new Set(
  `a an the of in on at to for and or with its it this that is are be our my all whole entire file files module code function functions class
method methods component page screen thing things stuff performance quality bit please also then up into at general more some make sure
must should work works working properly better well fine good speed project app system`.split(/\s+/),
);

function saysMore(sentence: string, vague: readonly Vague[]): boolean {
  let rest = sentence;
  for (const { from, to } of vague) rest = rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to);
  const words =
    rest
      .replaceAll(masked, ' ')
      .toLowerCase()
      .match(/[\p{L}]{2,}/gu) ?? [];
  return words.some((word) => !saysLittle.has(word));
}

/** P4: the places of a TASK or a DONE-WHEN where vague words stand with nothing beside them that can be checked. */
export function vaguePlaces(text: string, field: 'TASK' | 'DONE-WHEN'): readonly VaguePlace[] {
  const { found, masked: hidden } = findObservables(text);
  // Both in order of where they stand: each is looked at once, however many there are.
  const left = [...found].sort((a, b) => b.from - a.from);
  const sentences = sentencesOf(hidden).map((sentence) => {
    const inside: Observable[] = [];
    for (let one = left.at(-1); one !== undefined && one.from < sentence.to; one = left.at(-1)) {
      if (one.from >= sentence.from) inside.push(one);
      left.pop();
    }
    return { sentence, words: hidden.slice(sentence.from, sentence.to), found: inside };
  });
  const places: VaguePlace[] = [];
  for (const [index, one] of sentences.entries()) {
    if (places.length >= mostPlaces) break;
    if (measures(one.found)) continue;
    const beside = [sentences[index - 1], sentences[index + 1]];
    const measuredBeside = beside.some((other) => other !== undefined && measures(other.found));
    const all = vagueIn(one.words, field).slice(0, mostPerSentence);
    if (field === 'TASK') {
      const told = (sentences[index - 1]?.words.match(/[\p{L}]+/gu)?.length ?? 0) >= 4;
      const empty = told ? undefined : emptyOrderIn(one.words);
      if (empty !== undefined && one.found.length === 0) all.splice(0, all.length, empty);
    }
    const says = field === 'TASK' && one.found.length > 0 && saysMore(one.words, all);
    for (const vague of all) {
      const words = text.slice(one.sentence.from + vague.from, one.sentence.from + vague.to);
      const excused =
        field === 'TASK'
          ? measuredBeside || explained(one.words, vague) || says
          : (one.found.length > 0 && (tellingVerb.test(one.words) || explained(one.words, vague))) ||
            (measuredBeside && /^(?:works?|is|are)\b/i.test(words));
      if (!excused) places.push({ words, sentence: one.sentence });
    }
  }
  return places;
}

/** True where a text names something that can be looked at, run, or counted. */
export const namesObservable = (text: string): boolean => findObservables(text).found.length > 0;

const visible =
  /(?<![\p{L}\p{N}])(?:shows?|appears?|disappears?|hidden|visible|overlaps?|greys?|gr[ea]yed|red|green|blue|yellow|black|white|orange|bold|italic|underlined|above|below|left|right|top|bottom|centred|centered|aligned|blinks?|lights?|scrolls?|opens?|closes?|turns?|moves?|stays?|reads?|says?|icons?|buttons?|checked|ticked|disabled|enabled|same (?:height|width|size|colou?r)|cut off|truncated|empty|jumps?|flickers?|plays?|beeps?)(?![\p{L}\p{N}])/iu;

/** P4: a "by eye:" line says what is to be seen: something named, or words for what an eye sees. */
export function canBeSeen(text: string): boolean {
  if (vaguePlaces(text, 'DONE-WHEN').length > 0) return false;
  return namesObservable(text) || (visible.test(text) && wordCount(text) >= 4);
}
