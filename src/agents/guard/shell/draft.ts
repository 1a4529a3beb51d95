/** A word of a command line as the shell reads it, quotes and escapes taken away. */
export interface Word {
  readonly text: string;
  /** False where only the run decides what it says: a variable, the output of a command. */
  readonly isKnown: boolean;
  /** The word with quoted wildcards behind a backslash, where wildcards or braces stand in it unquoted. */
  readonly pattern?: string;
}

const special = /[*?[\]{},\\]/;

/** A word while it is read. */
export class Draft {
  #text = '';
  #pattern = '';
  #isKnown = true;
  #isPattern = false;

  get isEmpty(): boolean {
    return this.#text === '' && this.#isKnown;
  }

  add(part: string, quoted: boolean): void {
    this.#text += part;
    for (const char of part) {
      const isSpecial = special.test(char);
      if (isSpecial && !quoted && /[*?[{]/.test(char)) this.#isPattern = true;
      this.#pattern += isSpecial && quoted ? `\\${char}` : char;
    }
  }

  /** Adds what a variable says, or that only the run knows it. */
  expand(value: string | undefined): void {
    if (value === undefined) this.#isKnown = false;
    else this.add(value, true);
  }

  /** Adds what a variable holds, as a word that has been read: wildcards in it count, quoted or not. */
  addPiece(piece: string): void {
    this.#text += piece.replaceAll(/\\(.)/gs, '$1');
    this.#pattern += piece;
    if (/(?<!\\)[*?[{]/.test(piece)) this.#isPattern = true;
  }

  word(): Word {
    const word = { text: this.#text, isKnown: this.#isKnown };
    return this.#isPattern ? { ...word, pattern: this.#pattern } : word;
  }
}

/** A word as a piece of another one: what is quoted in it stands behind a backslash. */
export function pieceOf({ text, pattern }: Word): string {
  return pattern ?? text.replaceAll(/[*?[\]{},\\]/g, '\\$&');
}
