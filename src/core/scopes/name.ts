/**
 * A workspace name in its one spelling: NFC, `/` between folders, neither `.` nor `..` nor `//` in it, no `/` at the
 * end. Undefined where it leads out of the workspace, or names no file. Links and case are the edge's to resolve.
 */
export function plainName(name: string): string | undefined {
  const text = name.normalize('NFC');
  if (!/(?:^|\/)(?:\.{0,2})(?:\/|$)/.test(text)) return text;
  if (text.startsWith('/')) return undefined;
  const kept: string[] = [];
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.pop() === undefined) return undefined;
  }
  return kept.length === 0 ? undefined : kept.join('/');
}
