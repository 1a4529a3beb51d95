import { isBlank, tidy } from './plainText.ts';

/** Why an entry is no scope, and what would be one. */
export type ScopeFault = { readonly why: string; readonly better: string };

const longestEntry = 200;
const mostWildcards = 8;
const example = 'src/login/**';

const prose =
  /^(?:the|all|any|every|everything|everywhere|anything|anywhere|whole|entire|only|just|files?|wherever|whatever|where|code|see|as|our|this)(?:\s|$)|^(?:tbd|todo|n\/a|none|nothing|-+|\?+|repo|workspace|codebase|\*\.\*)$/i;

/** An entry as it is read: without a bullet or backticks around it. */
export function readScopeEntry(entry: string): string {
  return tidy(entry.replace(/^\s*[-•]\s+/, '')).replace(/^`([^`]+)`$/, '$1');
}

/** `{a,b}/x` as one entry for each alternative; a single pair of braces only. */
function spread(entry: string): string {
  const found = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/.exec(entry);
  if (found === null) return entry.replace(/\{[^/]*/g, '*');
  const [, before = '', within = '', after = ''] = found;
  return within
    .split(',')
    .map((part) => `${before}${part.trim()}${after}`)
    .join('\n');
}

/** Without `.` and `..` where the path stays inside, else nothing. */
function resolved(entry: string): string | undefined {
  const kept: string[] = [];
  for (const part of entry.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.pop() === undefined) return undefined;
  }
  return kept.join('/');
}

/** What is left of a place outside: its last folders, as a place inside. */
const inside = (entry: string): string => {
  const bare = entry
    .replaceAll('\\', '/')
    .replace(/^[a-z][a-z\d+.-]*:/i, '')
    .replace(/^[/?~.]+/, '');
  return passes(bare) ? bare : example;
};

const passes = (entry: string): boolean => entry !== '' && faultOf(entry) === undefined;

function faultOf(entry: string): ScopeFault | undefined {
  const fault = (why: string, better: string): ScopeFault => ({ why, better });
  if (isBlank(entry)) return fault('An entry of SCOPE is blank.', example);
  if (entry.startsWith('\\\\') || /^[a-z]:(?:[\\/]|$)/i.test(entry)) {
    return fault('SCOPE holds paths inside the workspace only, no drive or share.', inside(entry));
  }
  const line = /^(.+\.[a-z\d]{1,10}):\d+(?:[:-]\d+)?$/i.exec(entry)?.[1];
  if (line !== undefined && !line.includes(':'))
    return fault('A scope is a whole file; leave the line number out.', line);
  if (/^[a-z][a-z\d+.-]*:/i.test(entry))
    return fault('SCOPE holds workspace paths, no addresses.', inside(entry));
  if (entry.startsWith('/'))
    return fault('SCOPE holds paths relative to the workspace; this one is absolute.', inside(entry));
  if (entry.startsWith('~'))
    return fault('SCOPE holds paths inside the workspace; "~" is outside of it.', inside(entry));
  if (entry.split(/[/\\]/).includes('..')) {
    const better = resolved(entry.replaceAll('\\', '/'));
    return fault(
      '".." is not taken in SCOPE; write the path from the workspace folder.',
      better !== undefined && passes(better) ? better : inside(entry),
    );
  }
  if (entry.length > longestEntry)
    return fault(`An entry of SCOPE has at most ${String(longestEntry)} characters.`, shorter(entry));
  if (/[{}]/.test(entry))
    return fault('Braces are not taken in SCOPE; give each path an entry of its own.', spread(entry));
  if (/[@!?*+]\(/.test(entry)) {
    const better = entry.replace(/[@!?*+]\([^()]*\)?/g, '*').replace(/\*{3,}/g, '**');
    return fault(
      'Patterns with brackets are not taken in SCOPE; use * or an entry for each path.',
      passes(better) ? better : example,
    );
  }
  if (entry.startsWith('!'))
    return fault('SCOPE says what may be changed; what may not belongs in NOT-YOUR-JOB.', entry.slice(1));
  if (entry.includes('\\'))
    return fault('Write "/" between folders; "\\" is not taken in SCOPE.', entry.replaceAll('\\', '/'));
  const wildcards = entry.match(/\*+|\?|\[[^\]]*\]/g)?.length ?? 0;
  if (wildcards > mostWildcards)
    return fault(`An entry of SCOPE has at most ${String(mostWildcards)} wildcards.`, shorter(entry));
  const open = entry.replace(/\[[^\]]+\]/g, '');
  if (/[[\]]/.test(open)) return fault('A "[" in SCOPE is not closed.', open.replace(/[[\]]/g, '?'));
  if (!/[\p{L}\p{N}_$]/u.test(entry.replace(/\[[^\]]+\]/g, ''))) {
    return fault('This is the whole workspace; name the folders or files that may change.', example);
  }
  if (/,\s/.test(entry)) {
    return fault(
      'Give each path an entry of its own.',
      entry
        .split(/,\s+(?:and\s+)?/)
        .filter((part) => part !== '')
        .join('\n'),
    );
  }
  const spaced = entry.split(/\s+/).length;
  if (
    prose.test(entry) ||
    (spaced > 3 && !/[/.*]/.test(entry)) ||
    / (?:and|or|files|folder|related|module)(?: |$)/i.test(entry)
  ) {
    const path = /(?:^|\s)`?([\w@.-]+\/[\w@./*-]*)/.exec(entry)?.[1];
    return fault(
      'SCOPE holds paths or globs, not a description.',
      path !== undefined && passes(path) ? path : example,
    );
  }
  return undefined;
}

/** The part of an entry before it grows too long or too wild, as a folder. */
function shorter(entry: string): string {
  const kept: string[] = [];
  for (const part of entry.split('/')) {
    if (/[*?[{(]/.test(part) || [...kept, part].join('/').length > longestEntry - 4) break;
    kept.push(part);
  }
  const better = kept.length > 0 ? `${kept.join('/')}/**` : example;
  return passes(better) ? better : example;
}

/** P4: why an entry of SCOPE is not taken, or nothing where it is a relative path, a folder or a plain glob. */
export function scopeFault(entry: string): ScopeFault | undefined {
  return faultOf(entry);
}
