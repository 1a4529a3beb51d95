/** Words that promise nothing anybody could check, and where they stand. */
export type Vague = { readonly from: number; readonly to: number };

const adverbs =
  'properly|correctly|appropriately|adequately|gracefully|nicely|smoothly|seamlessly|efficiently|reliably|sensibly|cleanly|satisfactorily';
const qualities =
  'robust|user[- ]friendly|intuitive|performant|scalable|maintainable|readable|elegant|modern|smooth|seamless|stable|solid|clean|nice|pretty|good|great|fine|ok|okay|right|better|best|faster|fast|quick|quicker|snappy|responsive|easier|easy|simpler|simple|cleaner|nicer|smoother|reasonable|sensible|acceptable|appropriate|suitable|proper|optimal|efficient|reliable|usable|correct|perfect|professional|polished|optimi[sz]ed|improved|enhanced|cleaned up|tidied up|in good shape|production[- ]ready|up to standard|complete|finished|done|sufficient|satisfactory';
const blanket = 'it|this|that|these|those|them|everything|all|things|stuff|something|whatever';
const generic =
  'code|codebase|code base|project|app|application|system|feature|features|work|rest|bug|bugs|issue|issues|problem|problems|error|errors|stuff|things|thing|logic|ui|ux|design|performance|quality|tests|test|build|docs|documentation|module|component|page|site|website|backend|frontend';
const verbs =
  'improve|enhance|optimi[sz]e|polish|streamline|moderni[sz]e|revamp|beautify|tweak|rework|revisit|tidy(?: up)?|clean[ -]?up|fix up|sort out|spruce up|touch up|look (?:into|at|after)|deal with|take care of|work on|have a look(?: at)?|take a look(?: at)?|investigate|explore|think about|harden|stabili[sz]e|simplify|refine';

const words = (pattern: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${pattern})(?![\\p{L}\\p{N}_-])`, 'giu');
/** Where an order begins: the start, or behind a mark or a joining word. */
const orderly = (pattern: string): RegExp =>
  new RegExp(
    `(?<=^[\\s*•>\\d.)-]{0,8}(?:please |just |also |then |and |next,? |finally,? |we (?:should|must|need to) |should |must |need to |let'?s )?|[,;:.(\\n] {0,2}(?:please |also |then |and )?| and | then | also )(?:${pattern})(?![\\p{L}\\p{N}_-])`,
    'giu',
  );
/** A whole order with an object that says nothing, up to the end of its sentence. */
const toTheEnd = (pattern: string): RegExp =>
  new RegExp(
    `(?<=^[\\s*•>\\d.)-]{0,8}(?:please |just |also |then |and )?| and | then )(?:${pattern})(?=\\s{0,4}[.!?;,]?\\s*$)`,
    'giu',
  );

const fillers: readonly RegExp[] = [
  words(
    'as needed|as necessary|as appropriate|as applicable|as required|as desired|where appropriate|where applicable|if appropriate|where necessary|where possible|when possible|if possible|as far as possible|as soon as possible|asap',
  ),
  words(
    'and so on|and so forth|et cetera|and such|and stuff|or similar|or something(?: like that)?|somehow|something like|stuff|whatever',
  ),
  /(?<![\p{L}\p{N}_-])etc(?:\.|(?![\p{L}\p{N}_-]))/giu,
  words('tbd|tba|to be (?:determined|decided|defined)|misc|miscellaneous'),
  words(
    '(?<!no )(?:various|several|some|minor|general|small|other|further|more|all sorts of) (?:small |minor |other )?(?:things|fixes|improvements?|issues|bugs|problems|clean-?ups?|tweaks|changes|enhancements|optimi[sz]ations)',
  ),
  words('(?:update|adjust|fix|change|refactor|add)(?: [\\p{L}\\p{N}-]+){1,5} if (?:needed|necessary)'),
];

const predicates: readonly RegExp[] = [
  words(
    `(?:works?|working|behaves?|functions?|runs?|performs?|looks?|handles?|handled|handling|loads?|renders?)(?: (?:very|really|just|again|more|all|everything|it|well and))?(?: (?:${adverbs}|well|fine|great|good|ok|okay|nice(?:ly)?|right|better|best|smooth|perfectly|as (?:expected|intended|it should|designed|usual|before)|like it should|faster|stable|clean))`,
  ),
  words(
    `(?:handle|handles|handled|handling|treat|support|supports|manage|manages)(?: [\\p{L}\\p{N}-]+){1,5} (?:${adverbs}|better|well)`,
  ),
  words(`(?:should|must|will|would)(?: (?:just|all|simply|now))? (?:work|be (?:${qualities}))`),
  words(
    `(?:is|are|be|feels?|looks?|seems?|becomes?|stays?|remains?|gets?|was|were|been|being)(?: (?:now|all|very|really|much|more|quite|fully|as|also|still|well|too))?(?: (?:${qualities}))`,
  ),
  words(`more (?:${qualities})`),
  words(
    'as (?:expected|intended|desired|it should)|like it should|should be fine|high[- ]quality|good quality|best practices?|state[- ]of[- ]the[- ]art|production[- ]ready|good enough|world[- ]class|up to date and clean',
  ),
  words(
    `${adverbs}|robust|robustly|robustness|user[- ]friendly|intuitive|intuitively|performant|scalable|maintainable|elegant`,
  ),
  words(
    '(?:a|an|the|some) (?:proper|better|nicer|cleaner|good|nice|reasonable|sensible|suitable|appropriate|decent) [\\p{L}-]+',
  ),
  words(
    'improvements?|clean code|good (?:performance|ux|coverage|test coverage)|better (?:performance|ux|code|quality|handling|experience|coverage)',
  ),
];

/** Said of a result they prove nothing; in a TASK they tell how things are. */
const states: readonly RegExp[] = [
  words(
    'works?(?: (?:again|now))?|(?:is|are) (?:fixed|done|complete|completed|finished|implemented|handled|supported|in place|resolved|solved)',
  ),
];

/** A sentence that tells how things are, and orders nothing. */
export const describing =
  /^[\s*•>-]*(?:the|a|an|when|whenever|if|currently|today|right now|at the moment|since|on|in|our|my|this|that|these|those|it|i|we|users?|there|because|for|after|before|every|some|most|while|although|as|with)(?![\p{L}\p{N}-])/iu;
const asking =
  /(?<![\p{L}\p{N}])(?:should|must|shall|needs? to|has to|have to|ought to|want|wants|please)(?![\p{L}\p{N}])/iu;

const orders: readonly RegExp[] = [
  orderly(`(?:${verbs})`),
  orderly(
    `(?:make|get|keep)(?: [\\p{L}\\p{N}-]+){1,5} (?:work|working|to work|running|going|more [\\p{L}-]+|less [\\p{L}-]+|${qualities})`,
  ),
  orderly(
    'do (?:the needful|whatever|something|what is needed|the rest|it|everything)|bring [\\p{L} ]{1,30} into shape',
  ),
  orderly(
    '(?:make sure|ensure|see to it)(?: that)? (?:everything|it|all|things|this|nothing)(?: (?:still|just|really))? (?:works?|is ok|breaks?)|(?:address|incorporate) (?:the |all )?(?:feedback|comments|remarks)',
  ),
  words(
    '(?:implement|add|provide|use|write|have|give)(?: some| more)? (?:proper|appropriate|adequate|sensible|suitable|decent|better|good) [\\p{L}-]+',
  ),
];

const emptyOrders: readonly RegExp[] = [
  toTheEnd(
    `(?:fix|finish|complete|implement|change|update|refactor|rewrite|debug|do|continue|redo|restructure|handle|support|test|review|check)(?: (?:the|all|all the|any|some|more|our|remaining|other|existing|the broken|the open|the known))?(?: (?:${blanket}|${generic}))(?: (?:up|again|now|properly))?`,
  ),
  toTheEnd(
    'fix (?:the |our )?[\\p{L}]+|handle (?:the |all )?(?:[\\p{L}-]+ )?(?:errors?|exceptions?|edge cases|corner cases|cases|failures?)|(?:add|write|create) (?:some |more |better |missing |the )?(?:[\\p{L}]+ )?(?:tests?|documentation|docs|comments|logging|error handling|validation|support)|(?:update|write) (?:the |some )?(?:docs|documentation|readme|comments)|(?:refactor|refactoring|clean-?up|bug ?fix(?:es|ing)?|fixes|improvements|optimi[sz]ations?)',
  ),
];

function collect(text: string, patterns: readonly RegExp[]): Vague[] {
  const found: Vague[] = [];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern))
      found.push({ from: match.index, to: match.index + match[0].length });
  }
  return found;
}

/** Finds that overlap, or stand side by side, are one find. */
function outermost(found: readonly Vague[]): readonly Vague[] {
  const kept: Vague[] = [];
  for (const one of [...found].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = kept.at(-1);
    if (last === undefined || one.from > last.to + 1) kept.push(one);
    else kept[kept.length - 1] = { from: last.from, to: Math.max(last.to, one.to) };
  }
  return kept;
}

/** P4: the vague words of one sentence of a TASK or a DONE-WHEN whose observables are hidden. */
export function vagueIn(sentence: string, field: 'TASK' | 'DONE-WHEN'): readonly Vague[] {
  if (field === 'DONE-WHEN')
    return outermost(collect(sentence, [...fillers, ...predicates, ...orders, ...states]));
  // A TASK may tell how things are today; only what it asks for has to be checkable.
  const tells = describing.test(sentence) && !asking.test(sentence);
  return outermost(collect(sentence, tells ? orders : [...fillers, ...predicates, ...orders]));
}

/** An order whose object says nothing by itself: "Fix it", "Finish the feature". */
export function emptyOrderIn(sentence: string): Vague | undefined {
  return outermost(collect(sentence, emptyOrders))[0];
}
