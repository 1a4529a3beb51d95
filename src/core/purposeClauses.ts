/** One order of a TASK: its words as written, without what joins it to the one before. */
export type Clause = { readonly words: string; readonly hidden: string };

/** Verbs that begin a purpose of their own; verbs of detail ("print", "use", "keep") are left out. */
export const purposeVerb =
  /^(?:add|fix|implement|create|introduce|remove|delete|drop|rewrite|redesign|refactor|migrate|upgrade|update|document|rename|improve|optimi[sz]e|port|translate|write|bump|deploy|investigate|set up|clean up|repair|integrate|build|design|replace|extract|convert|extend|speed up|publish|move|split|merge|enable|disable|support|change|switch|configure|restyle|localis[ez]e|localize|automate|expose|extend)(?![\p{L}\p{N}_-])/iu;

/** Verbs that are nouns as often: behind "and" they need an object with an article, a name or a quote. */
const alsoNoun =
  /^(?:document|update|drop|fix|repair|build|design|move|split|merge|support|change|switch|port|upgrade|extract|deploy|bump)(?![\p{L}])/iu;
const clearObject =
  /^[\p{L} ]+?\s+(?:the|a|an|our|all|every|each|any|another|its|his|their|some|two|three|\ue000)/iu;

const joint =
  /(?:,?\s{1,3}and also\s{1,3}|;\s{0,3}(?:and |also |then |additionally,? |furthermore,? |plus |in addition,? ){0,2}|,?\s{1,3}(?:and then|and|then|plus|also|as well as|but also)\s{1,3}|,\s{1,3})/giu;
const strongJoint = /also|;|plus|as well as/i;

/** Words behind which "and" goes on with the same thought: "so that a and b", "to read and write". */
const subordinate =
  /(?<![\p{L}\p{N}-])(?:so that|so|which|that|who|when|whenever|if|because|where|while|until|unless|after|before|once|as|since|whether|how|why|what|let|lets|have|(?<!(?:the|a|an|our) )helps?|allow|allows|by \p{L}+ing|without \p{L}+ing|to (?!the |a |an |our |its |their |use of )\p{Ll}+ [\p{L}\p{N}\ue000])/giu;
const oneThing =
  /(?<![\p{L}])(?:is|was|has|does|isn't|wasn't|hasn't|doesn't|fails|crashes|hangs|returns|throws|breaks)(?![\p{L}])/iu;
const many =
  /(?<![\p{L}])(?:can|could|should|must|will|would|may|might|to|are|were|have|do|we|they|users|you|people|players)(?![\p{L}])/iu;

function beginsPurpose(rest: string, strong: boolean): boolean {
  if (!purposeVerb.test(rest)) return false;
  return strong || !alsoNoun.test(rest) || clearObject.test(rest.slice(0, 80));
}

/** True where the words so far end inside a thought that an "and" would continue. */
function insideThought(before: string): boolean {
  const last = [...before.matchAll(subordinate)].at(-1);
  if (last === undefined) return false;
  const zone = before.slice(last.index + last[0].length);
  const finite = /^(?:when|whenever|if|because|where|while|until|after|before|once|since|that|which)$/i.test(
    last[0],
  );
  return !(finite && oneThing.test(zone) && !many.test(zone));
}

const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}\ue000]+/gu)?.length ?? 0;

/** An order, a colon, and then what it consists of. */
const listsDetails = (before: string): boolean =>
  wordsIn(before.split(/:\s/, 1)[0] ?? '') >= 3 && /:\s/.test(before);

/** The orders that one sentence joins; `hidden` is the sentence with its names and quotes hidden. */
export function clausesOf(words: string, hidden: string): readonly Clause[] {
  const clauses: Clause[] = [];
  const longest = 2_000;
  let from = 0;
  for (const match of hidden.slice(0, longest).matchAll(joint)) {
    const after = match.index + match[0].length;
    const before = hidden.slice(from, match.index);
    const strong = strongJoint.test(match[0]);
    if (wordsIn(before) < 2 || !beginsPurpose(hidden.slice(after, after + 200), strong)) continue;
    if (!strong && insideThought(before)) continue;
    if (listsDetails(before) && !/also/i.test(match[0])) continue;
    clauses.push({ words: words.slice(from, match.index), hidden: before });
    from = after;
  }
  clauses.push({ words: words.slice(from), hidden: hidden.slice(from) });
  return clauses;
}
