/** The files that a patch in the form of `apply_patch` adds, updates, deletes or moves, as they stand in it. */
export function patchedFiles(text: string): readonly string[] {
  // Who applies it trims a header before reading it.
  return linesOf(text, /^\s*\*{3}\s*(?:(?:Add|Update|Delete)\s+File|Move\s+to)\s*:\s*(.+)$/i);
}

/**
 * The files that a unified diff changes; `strip` is how many folders are taken off the front of each name, as with
 * `patch -p`. Names that git quotes are read as they stand between the quotes.
 */
export function diffedFiles(text: string, strip: number): readonly string[] {
  const headed = linesOf(text, /^(?:---|\+\+\+) (?:"(.+)"|([^\t]+))(?:\t.*)?$/).filter(
    (name) => name !== '/dev/null',
  );
  const moved = linesOf(text, /^(?:rename|copy) (?:from|to) (.+)$/);
  // A file that is empty, binary or only changes its mode has no other line.
  const bare = linesOf(text, /^diff --git "?a\/.* "?(b\/[^"]+)"?$/);
  return [...[...headed, ...bare].map((name) => name.split('/').slice(strip).join('/')), ...moved].filter(
    (name) => name !== '',
  );
}

function linesOf(text: string, form: RegExp): readonly string[] {
  const found = text.split('\n').map((line) => {
    const [, first, second] = form.exec(line.trimEnd()) ?? [];
    return first ?? second;
  });
  return [...new Set(found.filter((name) => name !== undefined))];
}
