import { isBlank, tidy } from './plainText.ts';
import { isWholeScope } from './wholeScope.ts';

/** Why an entry is no scope, and what would be one. */
export type ScopeFault = { readonly why: string; readonly better: string };

/** What an entry may not be, and how the writer's own words could be put instead. */
type Rule = {
  readonly broken: (entry: string) => boolean;
  readonly why: string;
  readonly better: (entry: string) => string | undefined;
};

const longestEntry = 200;
const mostWildcards = 8;
const example = 'src/login/**';
const whole =
  'This is the whole workspace, which only the user gives, to a TODO of the list (Give a TODO the Whole Workspace); name the folders or files that may change.';

const noPath =
  /^(?:tbd|todo|n\/a|none|nothing|-+|\?+|repo|workspace|codebase|everything|everywhere|anything|all|any)$/i;
const proseStart =
  /^(?:the|all|any|every|everything|anything|whole|entire|only|just|files?|wherever|whatever|where|code|see|as|our|this)\s/i;
const proseWithin = /\s(?:files|folder|folders|related|module|in|under|code|for|of|to)(?:\s|$)/i;
const lineNumber = /^(.+\.[a-z\d]{1,10}):\d+(?:[:-]\d+)?$/i;
const severalPaths = /,\s|[/.][^\s/]* (?:and|or) \S*[/.]/i;
const characterClass = /\[[^\]/]+\]/g;

/** An entry as it is read: without a bullet, and without backticks or quotes around it. */
export function readScopeEntry(entry: string): string {
  return tidy(entry.replace(/^\s{0,20}[-•]\s+/, '')).replace(/^(`|"|')([^`"']+)\1$/, '$2');
}

/** What is left of a place outside: its folders, as a place inside. */
const inside = (entry: string): string =>
  entry
    .replaceAll('\\', '/')
    .replace(/^[a-z][a-z\d+.-]*:/i, '')
    .replace(/^[/?~.]+/, '');

/** Without `.` and `..` where the path stays inside. */
function resolved(entry: string): string | undefined {
  const kept: string[] = [];
  for (const part of entry.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') kept.push(part);
    else if (kept.pop() === undefined) return inside(entry.replaceAll('../', ''));
  }
  return kept.join('/');
}

/** `{a,b}/x` as one entry for each alternative; a single pair of braces only. */
function spread(entry: string): string {
  const [, before, within, after] = /^([^{}]*)\{([^{}]*)\}([^{}]*)$/.exec(entry) ?? [];
  if (before === undefined || within === undefined || after === undefined)
    return entry.replace(/\{[^/]*/g, '*');
  const parts = within.split(',').map((part) => part.trim());
  return parts.map((part) => `${before}${part}${after}`).join('\n');
}

/** The folders of an entry before it grows too long or too wild. */
function shorter(entry: string): string {
  let kept = '';
  for (const part of entry.split('/')) {
    if (/[*?[{(]/.test(part) || kept.length + part.length > longestEntry - 4) break;
    kept += `${part}/`;
  }
  return `${kept}**`;
}

const rules: readonly Rule[] = [
  { broken: (entry) => isBlank(entry), why: 'An entry of SCOPE is blank.', better: () => undefined },
  {
    broken: (entry) => entry.startsWith('\\\\') || /^[a-z]:(?:[\\/]|$)/i.test(entry),
    why: 'SCOPE holds paths inside the workspace only, no drive or share.',
    better: inside,
  },
  {
    broken: (entry) => lineNumber.test(entry),
    why: 'A scope is a whole file; leave the line number out.',
    better: (entry) => lineNumber.exec(entry)?.[1],
  },
  {
    broken: (entry) => /^[a-z][a-z\d+.-]*:/i.test(entry) || /^[\w.-]+@[\w.-]+:/.test(entry),
    why: 'SCOPE holds workspace paths, no addresses.',
    better: inside,
  },
  {
    broken: (entry) => entry.startsWith('/'),
    why: 'SCOPE holds paths relative to the workspace; this one is absolute.',
    better: inside,
  },
  {
    broken: (entry) => entry.startsWith('~'),
    why: 'SCOPE holds paths inside the workspace; "~" is outside of it.',
    better: inside,
  },
  {
    broken: (entry) => entry.split(/[/\\]/).includes('..'),
    why: '".." is not taken in SCOPE; write the path from the workspace folder.',
    better: resolved,
  },
  {
    broken: (entry) => entry.length > longestEntry,
    why: `An entry of SCOPE has at most ${String(longestEntry)} characters.`,
    better: shorter,
  },
  {
    broken: (entry) => /[{}]/.test(entry),
    why: 'Braces are not taken in SCOPE; give each path an entry of its own.',
    better: spread,
  },
  {
    broken: (entry) => /[@!?*+]\(/.test(entry),
    why: 'Patterns with brackets are not taken in SCOPE; use * or an entry for each path.',
    better: (entry) => entry.replace(/[@!?*+]\([^()]*\)?/g, '*').replace(/\*{3,}/g, '**'),
  },
  {
    broken: (entry) => entry.startsWith('!'),
    why: 'SCOPE says what may be changed; what may not belongs in NOT-YOUR-JOB.',
    better: (entry) => entry.slice(1),
  },
  {
    broken: (entry) => entry.includes('\\'),
    why: 'Write "/" between folders; "\\" is not taken in SCOPE.',
    better: (entry) => entry.replaceAll('\\', '/'),
  },
  {
    broken: (entry) => (entry.match(/\*+|\?|\[[^\]]*\]/g)?.length ?? 0) > mostWildcards,
    why: `An entry of SCOPE has at most ${String(mostWildcards)} wildcards.`,
    better: shorter,
  },
  {
    broken: (entry) => /[[\]]/.test(entry.replace(characterClass, '')),
    why: 'A "[" or "]" in SCOPE stands alone.',
    better: (entry) => entry.replace(/[[\]]/g, '?'),
  },
  {
    broken: (entry) => !/[\p{L}\p{N}_$]/u.test(entry.replace(characterClass, '')),
    why: whole,
    better: () => undefined,
  },
  {
    broken: (entry) => severalPaths.test(entry),
    why: 'Give each path an entry of its own.',
    better: (entry) =>
      entry
        .split(/,\s+(?:and\s+)?| (?:and|or) /)
        .filter((part) => !isBlank(part))
        .join('\n'),
  },
  {
    broken: (entry) =>
      noPath.test(entry) ||
      (proseStart.test(entry) && (!/[/.]/.test(entry) || proseWithin.test(entry))) ||
      (!/[/.*]/.test(entry) && (proseWithin.test(entry) || entry.split(/\s+/).length > 3)),
    why: 'SCOPE holds paths or globs, not a description.',
    better: (entry) => /(?:^|\s)`?([\w@.-]+\/[\w@./*-]*)/.exec(entry)?.[1],
  },
];

const brokenBy = (entry: string): Rule | undefined => rules.find(({ broken }) => broken(entry));

/** P4: why an entry of SCOPE is not taken, or nothing where it is a relative path, a folder or a plain glob. */
export function scopeFault(entry: string, mayBeWhole = false): ScopeFault | undefined {
  const rule = brokenBy(entry);
  if (rule === undefined || (mayBeWhole && rule.why === whole && isWholeScope([entry]))) return undefined;
  const better = rule.better(entry) ?? example;
  const passes = better.split('\n').every((part) => brokenBy(part) === undefined);
  return { why: rule.why, better: passes ? better : example };
}
