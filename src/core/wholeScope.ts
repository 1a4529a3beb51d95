/** Whether a SCOPE holds an entry that is the whole workspace, which only the user gives: `**`, `*`, `./**`. */
export function isWholeScope(scope: readonly string[]): boolean {
  return scope.some((entry) => entry.includes('*') && /^(?:[*?./]|\[[^\]/]+\])+$/.test(entry));
}
