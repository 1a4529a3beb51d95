import { isCommandText, commandsIn } from './namedPrograms.ts';

/** What a text names that can be looked at: where, of which kind, and whether it can be measured by itself. */
export type Observable = { readonly from: number; readonly to: number; readonly kind: Kind };
type Kind = 'command' | 'quoted' | 'number' | 'path' | 'name' | 'release';

/** Stands in a masked text for each character of something observable. */
export const masked = '\ue000';

const emptyQuote =
  /^[\W_]*(?:it|this|that|tbd|todo|good|ok|okay|nice|better|works?|works? properly|properly|done|fine|robust|clean|n\/a)?[\W_]*$/i;
const quoteMarks: readonly (readonly [open: string, close: string])[] = [
  ['```', '```'],
  ['`', '`'],
  ['"', '"'],
  ['“', '”'],
  ['„', '“'],
  ['„', '”'],
  ['«', '»'],
  ['»', '«'],
  ['‘', '’'],
  ['‚', '‘'],
  ['「', '」'],
  ["'", "'"],
];
const longestQuote = 400;
const longestToken = 300;

function quotedAt(text: string, at: number): Observable | undefined {
  const before = at === 0 ? ' ' : text.charAt(at - 1);
  for (const [open, close] of quoteMarks) {
    if (!text.startsWith(open, at)) continue;
    // An apostrophe inside a word, or an inch mark behind a number, opens nothing.
    if ((open === "'" || open === '"') && /[\p{L}\p{N}]/u.test(before)) continue;
    const begin = at + open.length;
    const inside = text.slice(begin, begin + longestQuote);
    let end = inside.indexOf(close);
    while (open === "'" && end >= 0 && /[\p{L}\p{N}]/u.test(inside.charAt(end + 1)))
      end = inside.indexOf(close, end + 1);
    if (end < 1) continue;
    const content = inside.slice(0, end);
    if (open !== '```' && content.includes('\n')) continue;
    if (emptyQuote.test(content)) continue;
    const code = open.startsWith('`');
    const kind = code ? (isCommandText(content) ? 'command' : 'name') : 'quoted';
    return { from: at, to: begin + end + close.length, kind };
  }
  return undefined;
}

function quotedIn(text: string): readonly Observable[] {
  const found: Observable[] = [];
  for (let at = 0; at < text.length; at += 1) {
    if (!/["'`“„«»‘‚「]/.test(text.charAt(at))) continue;
    const quoted = quotedAt(text, at);
    if (quoted === undefined) continue;
    found.push(quoted);
    at = quoted.to - 1;
  }
  return found;
}

const slashedWords =
  /^(?:and\/or|n\/a|i\/o|yes\/no|on\/off|he\/she|s?he\/they|his\/her|tcp\/ip|client\/server|read\/write|input\/output|either\/or|true\/false|24\/7|w\/o?|up\/down|left\/right|add\/remove|start\/stop|light\/dark|dark\/light|ios\/android|android\/ios|ui\/ux|ux\/ui|ci\/cd|a\/b|and\/oder|frontend\/backend|backend\/frontend|import\/export|login\/logout|create\/update|pass\/fail)$/i;
const folders =
  /^(?:src|lib|libs|test|tests|spec|docs?|apps?|packages?|pkg|cmd|internal|include|scripts?|tools?|config|configs|public|assets|static|crates|modules|components|server|api|web|services?|firmware|drivers?|boards?|infra|deploy|charts?|migrations|models|views|templates|examples?|bench|benches|fixtures|resources|res|app|android|ios|\.[a-z]+)$/i;
const notFiles =
  /^(?:e\.g|i\.e|z\.b|d\.h|u\.a|a\.m|p\.m|etc|vs|node\.js|next\.js|vue\.js|react\.js|nuxt\.js|three\.js|d3\.js|express\.js|asp\.net|socket\.io)$/i;

function isPath(token: string): boolean {
  if (token.length > 300 || token.length < 3 || notFiles.test(token) || slashedWords.test(token))
    return false;
  if (/^[a-z][a-z\d+.-]{1,12}:\/\/\S/i.test(token) || /^localhost(?::\d+)?(?:\/|$)/.test(token)) return true;
  if (/^(?:\.{0,2}\/|~\/)[\w.*@-]/.test(token)) return true;
  if (
    /(?:^|[\w*)\]}-])\.[a-z][a-z\d]{0,9}(?::\d+)?$/i.test(token) &&
    /^[\p{L}\p{N}_./@*()[\]{}+:\\-]+$/u.test(token)
  )
    return true;
  if (!token.includes('/'))
    return /^(?:Makefile|Dockerfile|Gemfile|Rakefile|Procfile|Kconfig|Jenkinsfile|Vagrantfile|LICENSE|README|CHANGELOG)$/.test(
      token,
    );
  if (token.endsWith('/') || token.includes('*')) return /[\p{L}]/u.test(token);
  const segments = token.split('/');
  return segments.length > 2 ? segments.every((part) => part !== '') : folders.test(segments[0] ?? '');
}

const notNames =
  /^(?:iPhones?|iPads?|iOS|iCloud|eBay|macOS|gRPC|mTLS|eMail|jQuery|npm|tvOS|watchOS|eSIM|mRNA)$/;

function isName(token: string): boolean {
  if (token.length > 200 || notNames.test(token)) return false;
  if (/^--?[a-z][\w-]*(?:=\S+)?$/i.test(token)) return true;
  if (/^[A-Za-z$][\w$]*_[\w$]+$/.test(token)) return true;
  if (/^[a-z]+\d*[A-Z]\w*$/.test(token)) return true;
  if (
    /^(?:SIG(?:TERM|INT|HUP|KILL|USR[12]|PIPE)|E[A-Z]{4,12}|0x[\da-f]+|F\d{1,2})$/i.test(token) &&
    /[A-Z\d]/.test(token) &&
    token === token.toUpperCase().replace('0X', '0x')
  )
    return true;
  if (/^(?:Ctrl|Cmd|Alt|Shift|Strg)\+\S+$/i.test(token)) return true;
  return /^\w+(?:::|->)\w[\w:>-]*$/.test(token) || /^@[a-z][\w-]*\/[\w-]+$/.test(token);
}

const callForm = /\b[A-Za-z_$][\w$]{0,60}(?:\.[A-Za-z_$][\w$]{0,60}){0,5}\((?!e?s\))[^()\n]{0,120}\)(?!:)/g;

function tokensIn(text: string): readonly Observable[] {
  const found: Observable[] = [];
  for (const match of text.matchAll(/[^\s,;"“”„«»`]+/gu)) {
    const lead = /^[(['<]*/.exec(match[0])?.[0].length ?? 0;
    if (match[0].length > longestToken) continue;
    let token = match[0].slice(lead);
    while (/[.:!?')>\]]$/.test(token) && !/[([][^()[\]]*[)\]]$/.test(token)) token = token.slice(0, -1);
    const from = match.index + lead;
    if (isPath(token)) found.push({ from, to: from + token.length, kind: 'path' });
    else if (isName(token)) found.push({ from, to: from + token.length, kind: 'name' });
  }
  return found;
}

const counted =
  'zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|fifty|hundred|twice|half|(?:exactly|only|just|at most|at least|no more than) one|one hundred|non-zero|nonzero';
const numberForm = new RegExp(
  `(?<![\\p{L}\\p{N}#_.])(?:[-+≤≥<>=~±$€£]\\s?){0,2}\\d(?:[\\d.,:_×]{0,40}\\d)?(?:\\s?(?:%|‰|°C?|[kMG]i?B|[µnm]?s|fps|px|x|ms|min|h|dB|V|mA|[kMG]?Hz)(?![\\p{L}]))?|(?<![\\p{L}\\p{N}-])(?:${counted})(?![\\p{L}\\p{N}-])`,
  'giu',
);
/** Numbers that only tell one thing from another: "step 2", "ticket 14". */
const placeBefore =
  /(?:^|[\s(])(?:step|phase|part|sprint|ticket|issue|bug|pr|task|todo|milestone|chapter|stage|item|iteration)\s?$/i;
/** Numbers that name a release: they can be looked at, and measure nothing. */
const releaseBefore =
  /(?:^|[\s(])(?:version|v|release|ios|android|python|node|java|windows|ubuntu|debian|react|angular|vue|postgres|php|ruby|go|qt|gcc|clang|chrome|firefox|safari)\s?$/i;

function numbersIn(text: string): readonly Observable[] {
  const found: Observable[] = [];
  for (const match of text.matchAll(numberForm)) {
    const from = match.index;
    const to = from + match[0].length;
    const atLineStart = /(?:^|\n)[^\S\n]{0,8}\(?$/.test(text.slice(Math.max(0, from - 10), from));
    if (atLineStart && /^\d{1,2}$/.test(match[0]) && /^[.)]\s/.test(text.slice(to, to + 2))) continue;
    const before = text.slice(Math.max(0, from - 14), from);
    if (placeBefore.test(before)) continue;
    found.push({ from, to, kind: releaseBefore.test(before) ? 'release' : 'number' });
  }
  return found;
}

const hide = (text: string, found: readonly Observable[]): string => {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to } of found) {
    if (from < at) continue;
    parts.push(text.slice(at, from), masked.repeat(to - from));
    at = to;
  }
  parts.push(text.slice(at));
  return parts.join('');
};

/** P4: everything observable that a text names, and the text with each of it hidden, of the same length. */
export function findObservables(text: string): {
  readonly found: readonly Observable[];
  readonly masked: string;
} {
  const all: Observable[] = [];
  let rest = text;
  const calls = (part: string): readonly Observable[] =>
    [...part.matchAll(callForm)].map((match) => ({
      from: match.index,
      to: match.index + match[0].length,
      kind: 'name' as const,
    }));
  const commands = (part: string): readonly Observable[] =>
    commandsIn(part).map(({ from, to }) => ({ from, to, kind: 'command' as const }));
  for (const find of [quotedIn, commands, calls, tokensIn, numbersIn]) {
    const found = find(rest);
    all.push(...found);
    rest = hide(rest, found);
  }
  return { found: all, masked: rest };
}
