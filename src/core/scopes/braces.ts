const most = 100;

/**
 * A glob of the user's settings as globs without braces: `a.{x,y}` is two. What has too many or no matching pairs
 * stays as it is, and `scopeFault` says so.
 */
export function withoutBraces(glob: string): readonly string[] {
  let open: readonly string[] = [glob];
  for (;;) {
    const next = [...new Set(open.flatMap(spread))];
    if (next.length > most) return [glob];
    if (next.length === open.length && next.every((one, index) => one === open[index])) return next;
    open = next;
  }
}

/** The innermost first pair of braces, spread. */
function spread(glob: string): readonly string[] {
  const [, before = '', within, after = ''] = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(glob) ?? [];
  return within === undefined ? [glob] : within.split(',').map((part) => `${before}${part.trim()}${after}`);
}
