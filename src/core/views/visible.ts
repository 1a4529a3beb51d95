/**
 * Text from an agent, made safe to look at: control, bidi, zero-width and tag characters are shown as escapes, and
 * so are letters that pass for Latin ones inside a word of Latin letters. Line feeds and tabs stay. The core keeps
 * the text as it came; only surfaces draw it through this.
 */
export function visible(text: string): string {
  return lookAlikesShown(text.replace(unseen, escaped), mixed);
}

/** The same for the name of a file, where a part made of look-alikes alone is escaped too. */
export function visibleName(name: string): string {
  return lookAlikesShown(visible(name), (word) => mixed(word) || allAlike.test(word));
}

/** Whether `visible` changes anything: then a person is warned before an approval. */
export function hidesSomething(text: string): boolean {
  return visible(text) !== text;
}

const escaped = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

const unseen =
  // eslint-disable-next-line no-control-regex -- finding control characters is the purpose
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu;

/** Greek letters that no one would take for a Latin one, µ and Ω among them, stand in many honest names. */
const alike =
  /[\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαγικνορυϲϳ\uff21-\uff3a\uff41-\uff5a\u{1d400}-\u{1d7ff}]/gu;
const anyAlike = new RegExp(alike.source, 'u');
/** Cyrillic, Greek and Armenian letters drawn as Latin ones are. A real word seldom has no others. */
const allAlike = /^[аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧονορυιϲϳոսօց\uff21-\uff3a\uff41-\uff5a]{2,}$/u;
const latin = /\p{Script=Latin}/u;
const words = /[\p{L}\p{M}\p{N}]+/gu;

function mixed(word: string): boolean {
  return latin.test(word.replace(alike, ''));
}

function lookAlikesShown(text: string, isFalse: (word: string) => boolean): string {
  if (!anyAlike.test(text)) return text;
  return text.replace(words, (word) =>
    anyAlike.test(word) && isFalse(word) ? word.replace(alike, escaped) : word,
  );
}
