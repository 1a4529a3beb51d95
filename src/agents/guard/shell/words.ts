import { Draft, type Word } from './draft.ts';
import { assign, readInto, topLevel, type Variables } from './variables.ts';

export interface Redirect {
  readonly op: string;
  /** What follows the operator: a file, the number of a stream, or the word that ends a here-document. */
  readonly target: Word;
  /** The text of a here-document. */
  body?: string;
}

/** One simple command; or `(` and `)`, between which the folder changes for nobody else. */
export type Step =
  | {
      readonly kind: 'command';
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
      /** Whether it reads what the one before it says. */
      readonly isPiped: boolean;
    }
  | { readonly kind: 'enter' }
  | { readonly kind: 'leave' };

/** Deeper substitutions than these are not read. */
const deepest = 8;
/** Loops that read, of one text. */
const mostLoops = 20;

/**
 * The simple commands of a POSIX shell's text, in order, with those inside of substitutions before the one that
 * holds them. What is cut off or wrong is read as far as it goes: this recognises, it does not judge.
 */
export function stepsIn(
  text: string,
  home: string,
  known: Variables = new Map(),
  depth = 0,
  given: Given = () => undefined,
): readonly Step[] {
  return depth > deepest ? [] : new Reader(text, home, known, depth, given).read();
}

/** What a loop reads of the line of pipes before it, or of the text behind it, as a piece of a word. */
export type Given = (steps: readonly Step[], rest: string) => string | undefined;

class Reader {
  readonly #text: string;
  readonly #home: string;
  readonly #known: Variables;
  readonly #depth: number;
  readonly #given: Given;
  readonly #steps: Step[] = [];
  #at = 0;
  #words: Word[] = [];
  #redirects: Redirect[] = [];
  #inTest = false;
  #isPiped = false;
  #loops = 0;
  /** Here-documents whose text begins at the next line. */
  #waiting: { redirect: Redirect; strip: boolean }[] = [];

  constructor(text: string, home: string, known: Variables, depth: number, given: Given) {
    this.#text = text;
    this.#home = home;
    this.#known = known;
    this.#depth = depth;
    this.#given = given;
  }

  read(): readonly Step[] {
    while (this.#at < this.#text.length) this.#token();
    this.#end();
    return this.#steps;
  }

  #token(): void {
    const char = this.#text.charAt(this.#at);
    if (char === '\n') {
      this.#at += 1;
      this.#end();
      this.#hereDocuments();
    } else if (/\s/.test(char)) this.#at += 1;
    else if (char === '#') this.#to('\n');
    else if (this.#text.startsWith('\\\n', this.#at)) this.#at += 2;
    else if (this.#words.length === 0 && this.#text.startsWith('((', this.#at)) this.#past('))');
    else if (!this.#redirect()) this.#operatorOrWord(char);
  }

  #operatorOrWord(char: string): void {
    if (/[;&|]/.test(char) && !this.#isTest()) {
      const [op = char] = /^(?:&&|\|\||\|&|;;&?|;&|.)/.exec(this.#text.slice(this.#at, this.#at + 3)) ?? [];
      this.#at += op.length;
      this.#end();
      this.#isPiped = op === '|' || op === '|&';
    } else if (char === '(' || char === ')') {
      this.#at += 1;
      this.#end();
      this.#steps.push({ kind: char === '(' ? 'enter' : 'leave' });
    } else if (/[;&|<>]/.test(char)) this.#at += 1;
    else this.#words.push(this.#word());
  }

  /** Between `[[` and `]]` a `>` compares. */
  #isTest(): boolean {
    const last = this.#words.at(-1)?.text;
    if (last === '[[' || last === ']]') this.#inTest = last === '[[';
    return this.#inTest && this.#words.length > 0;
  }

  /** `>file`, `2>>file`, `&>file`, `<<END` … with what it names; false where none begins here. */
  #redirect(): boolean {
    if (this.#isTest()) return false;
    const found = /^(?:\d+|\{\w+\})?(&>>|&>|>>|>\||>&|<>|<<<|<<-|<<|<&|>|<)/.exec(
      this.#text.slice(this.#at, this.#at + 40),
    );
    const op = found?.[1];
    if (found === null || op === undefined) return false;
    this.#at += found[0].length;
    if ((op === '>' || op === '<') && this.#text.charAt(this.#at) === '(') return true;
    while (/[ \t]/.test(this.#text.charAt(this.#at))) this.#at += 1;
    const redirect: Redirect = { op, target: this.#word() };
    this.#redirects.push(redirect);
    if (op === '<<' || op === '<<-') this.#waiting.push({ redirect, strip: op === '<<-' });
    return true;
  }

  #word(): Word {
    const from = this.#at;
    const draft = new Draft();
    for (;;) {
      const char = this.#text.charAt(this.#at);
      if (char === '' || /[\s;&|<>()]/.test(char)) return draft.word();
      if (char === '\\') this.#escaped(draft);
      else if (char === "'") draft.add(this.#past("'", 1), true);
      else if (char === '"') this.#quoted(draft);
      else if (char === '$' || char === '`') this.#expand(draft);
      else if (this.#at === from && /^~(?:[/\s;&|<>()]|$)/.test(this.#text.slice(from, from + 2))) {
        this.#at += 1;
        draft.add(this.#home, true);
      } else {
        draft.add(char, false);
        this.#at += 1;
      }
    }
  }

  #quoted(draft: Draft): void {
    this.#at += 1;
    while (this.#at < this.#text.length && this.#text.charAt(this.#at) !== '"') {
      const char = this.#text.charAt(this.#at);
      if (char === '$' || char === '`') this.#expand(draft);
      else if (char === '\\' && /[$`"\\\n]/.test(this.#text.charAt(this.#at + 1))) this.#escaped(draft);
      else {
        draft.add(char, true);
        this.#at += 1;
      }
    }
    this.#at += 1;
  }

  /** A character behind a backslash stands for itself; a line end there is no line end. */
  #escaped(draft: Draft): void {
    const next = this.#text.charAt(this.#at + 1);
    this.#at += 2;
    if (next !== '\n') draft.add(next, true);
  }

  #expand(draft: Draft): void {
    const value = this.#expansion(draft.isEmpty);
    if (typeof value === 'object') draft.addPiece(value.piece);
    else draft.expand(value);
  }

  /** What begins with `$` or a back quote: its value, or undefined where the run alone knows it. */
  #expansion(isFirst: boolean): string | { readonly piece: string } | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 8);
    if (rest.startsWith('`')) {
      this.#nested(this.#past('`', 1).replaceAll(/\\([$`\\])/g, '$1'));
      return undefined;
    }
    if (rest.startsWith("$'")) {
      this.#at += 1;
      const text = this.#past("'", 1);
      return text.includes('\\') ? undefined : text;
    }
    if (rest.startsWith('$((')) {
      this.#past('))');
      return undefined;
    }
    if (rest.startsWith('$(')) {
      const inner = this.#balanced('(', ')');
      if (inner.trim() === 'pwd' && isFirst) return '.';
      const top = this.#known.get(topLevel);
      if (`$(${inner.trim()})` === topLevel && top !== undefined) return { piece: top };
      this.#nested(inner);
      return undefined;
    }
    const name = rest.startsWith('${')
      ? this.#balanced('{', '}')
      : (/^\$(\w+|[@*#?$!-])/.exec(this.#text.slice(this.#at, this.#at + 100))?.[1] ?? '');
    if (!rest.startsWith('${')) this.#at += 1 + name.length;
    if (name === '') return '$';
    const piece = this.#known.get(name);
    if (piece !== undefined) return { piece };
    if (name === 'HOME') return this.#home;
    return name === 'PWD' && isFirst ? '.' : undefined;
  }

  /** What stands between `$(` and its `)`, or `${` and its `}`; quotes count, and the place is then behind it. */
  #balanced(open: string, close: string): string {
    const from = this.#at + 2;
    let depth = 1;
    this.#at = from;
    while (this.#at < this.#text.length) {
      const char = this.#text.charAt(this.#at);
      if (char === '\\') this.#at += 1;
      else if (char === "'") {
        this.#past("'", 1);
        continue;
      } else if (char === '"') {
        this.#at += 1;
        while (this.#at < this.#text.length && this.#text.charAt(this.#at) !== '"')
          this.#at += this.#text.charAt(this.#at) === '\\' ? 2 : 1;
      } else if (char === open) depth += 1;
      else if (char === close) depth -= 1;
      this.#at += 1;
      if (depth === 0) return this.#text.slice(from, this.#at - 1);
    }
    return this.#text.slice(from);
  }

  #nested(text: string): void {
    this.#steps.push(
      { kind: 'enter' },
      ...stepsIn(text, this.#home, this.#known, this.#depth + 1, this.#given),
      {
        kind: 'leave',
      },
    );
  }

  #hereDocuments(): void {
    for (const { redirect, strip } of this.#waiting.splice(0)) {
      const lines: string[] = [];
      while (this.#at < this.#text.length) {
        const line = this.#to('\n');
        this.#at += 1;
        if ((strip ? line.replace(/^\t+/, '') : line) === redirect.target.text) break;
        lines.push(line);
      }
      redirect.body = lines.join('\n');
    }
  }

  #end(): void {
    if (this.#words.length > 0 || this.#redirects.length > 0) {
      const [words, redirects, isPiped] = [this.#words, this.#redirects, this.#isPiped];
      this.#steps.push({ kind: 'command', words, redirects, isPiped });
      assign(words, this.#known);
      const loop = readInto(words);
      if (loop !== undefined && (this.#loops += 1) <= mostLoops) {
        const piece = this.#given(this.#steps, this.#text.slice(this.#at));
        if (piece === undefined) this.#known.delete(loop);
        else this.#known.set(loop, piece);
      }
      this.#isPiped = false;
    }
    this.#words = [];
    this.#inTest = false;
    this.#redirects = [];
  }

  /** The text up to a mark; the place is then before it. */
  #to(mark: string): string {
    const from = this.#at;
    const found = this.#text.indexOf(mark, from);
    this.#at = found < 0 ? this.#text.length : found;
    return this.#text.slice(from, this.#at);
  }

  /** The text up to a mark, without the first `skipped` characters; the place is then behind it. */
  #past(mark: string, skipped = 0): string {
    this.#at += skipped;
    const text = this.#to(mark);
    this.#at += mark.length;
    return text;
  }
}
