/** A word of a PowerShell's text. */
export interface Piece {
  readonly text: string;
  /** Whether the text alone says it, before the run. */
  readonly isKnown: boolean;
  /** Behind a comma, or of a variable with several values: one of several that stand for one operand. */
  readonly isListed?: boolean;
  readonly isQuoted?: boolean;
}

export interface Statement {
  readonly words: readonly Piece[];
  /** What its output is redirected into. */
  readonly into: readonly Piece[];
  readonly isPiped: boolean;
}

const token =
  /`\r?\n|#[^\n]*|\$\w+\s*=(?!=)|'(?:[^']|'')*(?:'|$)|"(?:[^"`]|`[^]|"")*(?:"|$)|(?:\d|\*)?>>?(?:&\d)?|&&|\|\||[\n;|{}()&,]|(?:`[^\n]|[^\s'"`;|{}(),&>#]|(?<=\S)#)+|[ \t\r]+|./gs;
const lister = /^(?:get-childitem|gci|ls|dir|get-item|gi|resolve-path|rvpa)$/i;
const eacher = /^(?:foreach-object|foreach|%)$/i;
/** Of what a loop goes through, more are not looked at. */
const mostValues = 500;
/** Of one text, no more words are made of variables with several values. */
const mostPieces = 20_000;
/** Nor are more folders listed: that takes its time. */
const mostLists = 100;

type Values = (variable: string) => readonly string[] | undefined;

/**
 * The statements of a text in their order, with the values of variables and of loops put in, as far as the text says
 * them. `files` is asked where a cmdlet lists files: for its operands, at the time its statement has been read.
 */
export function* statementsOf(
  text: string,
  files: (operands: readonly Piece[]) => readonly string[],
): Generator<Statement> {
  const variables = new Map<string, readonly string[]>();
  let [words, into]: [Piece[], Piece[]] = [[], []];
  let [isNew, isTarget, isPiped, isListed] = [true, false, false, false];
  /** What the next values are for; `$f in (` and `$f = @(` go on behind the bracket. */
  let variable: string | undefined;
  /** The beginning of the line of pipes, in each block that is open. */
  let head: readonly Piece[] = [];
  const heads: (readonly Piece[])[] = [];
  let [left, lists] = [mostPieces, 0];

  const valuesOf = (found: readonly Piece[]): readonly string[] | undefined => {
    const [first, ...rest] = found;
    if (first === undefined) return undefined;
    if (!first.isQuoted && lister.test(first.text))
      return (lists += 1) > mostLists ? undefined : files(rest).slice(0, mostValues);
    const isList = rest.every((one) => one.isListed) && found.every((one) => one.isKnown);
    return isList ? found.flatMap(({ text }) => range(text)).slice(0, mostValues) : undefined;
  };
  const assign = (name: string, found: readonly Piece[]): void => {
    const values = valuesOf(found);
    if (values) variables.set(name, values);
    else variables.delete(name);
  };
  const end = (): Statement | undefined => {
    const [first, second, ...rest] = words;
    const looped = second?.text.toLowerCase() === 'in' ? /^\$(\w+)$/.exec(first?.text ?? '')?.[1] : undefined;
    const values = looped === undefined ? words : rest;
    const name = looped?.toLowerCase() ?? variable;
    const goesOn = values.length === 0 || (values.length === 1 && values[0]?.text === '@');
    if (name !== undefined && !goesOn) assign(name, values);
    variable = goesOn ? name : undefined;
    if (isPiped && eacher.test(first?.text ?? '')) assign('_', head);
    if (!isPiped && words.length > 0) head = words;
    const done = words.length + into.length > 0 ? { words, into, isPiped } : undefined;
    [words, into] = [[], []];
    [isNew, isTarget, isPiped, isListed] = [true, false, false, false];
    return done;
  };
  for (const [part] of text.matchAll(token)) {
    const isFirst = words.length + into.length === 0;
    if (/^(?:#|`\r?\n$)/.test(part)) continue;
    if (/^[ \t\r]+$/.test(part)) isNew = true;
    else if (part === ',') [isNew, isListed] = [true, true];
    else if (/^(?:&&|\|\||[\n;|{}()&])$/.test(part)) {
      const done = end();
      if (done) yield done;
      if (part !== '(') variable = undefined;
      if (part === '{') [head] = [[], heads.push(head)];
      if (part === '}') head = heads.pop() ?? [];
      isPiped = part === '|';
    } else if (/^(?:\d|\*)?>>?/.test(part)) [isNew, isTarget] = [true, !part.includes('&')];
    else if (isFirst && /^\$\w+\s*=$/.test(part)) variable = part.slice(1, -1).trim().toLowerCase();
    else {
      const list = isTarget ? into : words;
      const last = isNew ? undefined : list.pop();
      const pieces = piecesOf(part, (name) => variables.get(name), Math.min(mostValues, Math.max(1, left)));
      left -= pieces.length;
      for (const [at, piece] of pieces.entries()) {
        if (last === undefined) list.push({ ...piece, isListed: isListed || at > 0 });
        else
          list.push({
            ...last,
            text: last.text + piece.text,
            isKnown: last.isKnown && piece.isKnown,
            isListed: last.isListed === true || at > 0,
          });
      }
      [isNew, isTarget, isListed] = [isTarget, false, false];
    }
  }
  const done = end();
  if (done) yield done;
}

/** `1..3` is 1, 2 and 3. */
function range(text: string): readonly string[] {
  const [, from = '', to = ''] = /^(\d{1,6})\.\.(\d{1,6})$/.exec(text) ?? [];
  if (to === '') return [text];
  const count = Math.min(Math.abs(Number(to) - Number(from)) + 1, mostValues);
  return Array.from({ length: count }, (_, at) => String(Math.min(Number(from), Number(to)) + at));
}

/** A word as it stands with the values of its variables: one with several values stands for several words. */
function piecesOf(part: string, variables: Values, most: number): readonly Piece[] {
  if (part.startsWith("'"))
    return [{ text: part.slice(1, -1).replaceAll("''", "'"), isKnown: true, isQuoted: true }];
  const names = [...part.matchAll(/(?<!`)\$\{?(\w+)/g)].map(([, name = '']) => name.toLowerCase());
  const several = names.find((name) => (variables(name)?.length ?? 0) > 1);
  if (several === undefined) return [pieceOf(part, variables)];
  const values = variables(several)?.slice(0, most) ?? [];
  const each = Math.max(1, Math.floor(most / values.length));
  return values.flatMap((value) =>
    piecesOf(part, (name) => (name === several ? [value] : variables(name)), each),
  );
}

function pieceOf(part: string, variables: Values): Piece {
  const isQuoted = part.startsWith('"');
  const inner = isQuoted ? part.slice(1, -1).replaceAll('""', '"') : part;
  let isKnown = true;
  const text = inner.replaceAll(
    /`([^])|\$(?:\{(\w+)\}|(\w+)(\.(?:FullName|PSPath|Path|Name)\b)?)|\$/gi,
    (whole, escaped, braced, plain, property) => {
      if (typeof escaped === 'string') return escaped;
      const name = String(braced ?? plain ?? '').toLowerCase();
      if (name === 'pwd') return '.';
      const [value, ...more] = variables(name) ?? [];
      if (value === undefined || more.length > 0) isKnown = false;
      if (value === undefined || typeof property !== 'string') return value ?? String(whole);
      // Within quotes only `$( )` reads a property.
      if (isQuoted) return value + property;
      return property.toLowerCase() === '.name' ? (value.split(/[\\/]/).at(-1) ?? '') : value;
    },
  );
  return { text, isKnown, isQuoted };
}
