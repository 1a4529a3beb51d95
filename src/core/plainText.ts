/** Characters that take up room in a text and show nothing. */
const unseen = /[\s\p{Cf}\p{Cc}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** A text as it is kept: line ends as one newline, nothing blank around it. */
export function tidy(text: string): string {
  return text.replaceAll('\r\n', '\n').trim();
}

/** True where a reader would see nothing at all, zero-width characters included. */
export function isBlank(text: string | undefined): boolean {
  return text === undefined || text.replace(unseen, '') === '';
}

/** The first character that may not stand in a packet, as `U+001B`; newline and tab may. */
export function strayCharacter(text: string): string | undefined {
  if (!text.isWellFormed()) return 'half of a character';
  // eslint-disable-next-line no-control-regex -- finding control characters is the purpose
  const found = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.exec(text);
  if (found === null) return undefined;
  return `U+${found[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** The text without what `strayCharacter` would name. */
export function withoutStrayCharacters(text: string): string {
  // eslint-disable-next-line no-control-regex -- removing control characters is the purpose
  return tidy(text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd]/g, ''));
}

/** Lower case without quotes, asterisks and end marks around it: how a single word is compared. */
export function bareWord(text: string): string {
  const edge = /[\s"'“”‘’„«»`*_.!]/;
  let from = 0;
  let to = text.length;
  while (from < to && edge.test(text.charAt(from))) from += 1;
  while (to > from && edge.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to).toLowerCase();
}

/** The beginning of a text, for a sentence that quotes it. */
export function beginning(text: string, longest = 80): string {
  const line = text.split('\n', 1)[0] ?? '';
  return line.length <= longest ? line : `${line.slice(0, longest).toWellFormed()}…`;
}

/** The lines of an entry that hold something; a blank entry stays one blank line. */
export function linesOf(entry: string): readonly string[] {
  const lines = tidy(entry)
    .split('\n')
    .filter((line) => !isBlank(line));
  return lines.length > 0 ? lines : [''];
}

/** A sentence without the marks and blanks that end it. */
export function withoutEnd(sentence: string): string {
  let to = sentence.length;
  while (to > 0 && /[\s.:;,!?]/.test(sentence.charAt(to - 1))) to -= 1;
  return sentence.slice(0, to);
}
