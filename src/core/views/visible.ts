/**
 * Text from an agent, made safe to look at: control, bidi, zero-width and tag characters are shown as escapes.
 * Line feeds and tabs stay. The core keeps the text as it came; only surfaces draw it through this.
 */
export function visible(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\u{e0000}-\u{e0fff}]|[\ud800-\udfff]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

/** Whether `visible` changes anything: then a person is warned before an approval. */
export function hidesSomething(text: string): boolean {
  return visible(text) !== text;
}
