import { scopeFault } from '../scopeEntry.ts';
import { withoutBraces } from './braces.ts';

/** The entries of `lockkeeper.criticalFiles` that protect nothing, each with the reason. */
export function unreadGlobs(entries: readonly unknown[]): readonly (readonly [entry: string, why: string])[] {
  return entries.flatMap((entry) => {
    if (typeof entry !== 'string') return [[JSON.stringify(entry), 'It is no text.'] as const];
    const fault = withoutBraces(entry)
      .map((glob) => scopeFault(glob))
      .find((one) => one !== undefined);
    return fault ? [[entry, fault.why.replaceAll('SCOPE', 'this setting')] as const] : [];
  });
}
