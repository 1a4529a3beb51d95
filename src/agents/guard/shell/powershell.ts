import { existsSync } from 'node:fs';
import { basename, resolve, sep } from 'node:path';
import { filesAt, isFolder, placesOf, type Setting } from './places.ts';
import { statementsOf, type Piece } from './powershellText.ts';

/** What a cmdlet does with the places behind its name; `first` and `both` count operands without a parameter's name. */
interface Cmdlet {
  readonly names: readonly string[];
  readonly writes: 'first' | 'both' | 'second' | 'renames' | 'makes' | 'named';
  /** Parameters besides the path's that take a value. */
  readonly valued?: readonly string[];
}

const content = ['value', 'encoding', 'stream', 'filter', 'include', 'exclude', 'inputobject', 'width'];
const cmdlets: readonly Cmdlet[] = [
  { names: ['set-content', 'add-content', 'clear-content', 'ac', 'clc'], writes: 'first', valued: content },
  {
    names: ['out-file', 'tee-object', 'export-csv', 'epcsv', 'export-clixml'],
    writes: 'first',
    valued: content,
  },
  {
    names: ['remove-item', 'ri', 'rm', 'del', 'erase', 'rd', 'rmdir'],
    writes: 'first',
    valued: ['filter', 'include', 'exclude', 'stream'],
  },
  {
    names: ['set-item', 'si', 'clear-item', 'cli', 'set-itemproperty', 'sp'],
    writes: 'first',
    valued: content,
  },
  { names: ['new-item', 'ni'], writes: 'makes', valued: ['itemtype', 'type', 'value', 'target', 'name'] },
  { names: ['rename-item', 'ren', 'rni'], writes: 'renames', valued: ['newname'] },
  { names: ['move-item', 'mi', 'move', 'mv'], writes: 'both', valued: ['filter', 'include', 'exclude'] },
  { names: ['copy-item', 'cpi', 'copy', 'cp'], writes: 'second', valued: ['filter', 'include', 'exclude'] },
  {
    names: ['invoke-webrequest', 'iwr', 'invoke-restmethod', 'irm'],
    writes: 'named',
    valued: ['uri', 'method'],
  },
];
const known = new Map(cmdlets.flatMap((one) => one.names.map((name) => [name, one] as const)));
const movers = /^(?:set-location|push-location|cd|sl|chdir|pushd)$/;
/** Where an agent's shell may be any, its text is PowerShell's too where one of these stands in it. */
const telling =
  /(?<![\w-])(?:(?:set|add|clear|remove|new|move|copy|rename)-(?:content|item)|out-file|tee-object|invoke-webrequest|export-csv)(?![\w-])|\[(?:system\.)?io\.\w+\]::/i;

/** A here-document is no PowerShell's, and may well hold a script that somebody writes. */
export const isPowerShell = (text: string): boolean => telling.test(text) && !/<<-?\s*['"]?\w/.test(text);

const io = String.raw`\[(?:System\.)?IO\.(?:File|Directory)\]::`;
const quoted = String.raw`\s*(['"][^'"\n]{1,400}['"])`;
const calls = [
  `${io}(?:WriteAll\\w+|AppendAll\\w+|AppendText|Create\\w*|Delete|Open\\w*)\\(${quoted}`,
  `${io}(?:Move|Copy|Replace)\\(${quoted}\\s*,${quoted}`,
].map((form) => new RegExp(form, 'gi'));
const longest = 100_000;

/** The absolute paths that a PowerShell's text plainly writes; the same as for another shell, as far as it is plain. */
export function powershellWrites(text: string, setting: Setting): readonly string[] {
  const found: string[] = [];
  let { cwd } = setting;
  const at: Places = ({ text: name, isKnown }, isLiteral = false) => {
    if (!isKnown || name === '' || /^[A-Za-z]{2,}:/.test(name)) return [];
    const path = sep === '/' ? name.replaceAll('\\', '/') : name;
    const home = path.replace(/^~(?=[\\/]|$)/, setting.home);
    const pattern = !isLiteral && /[*?[]/.test(home) ? { pattern: home.replaceAll('\\', '/') } : {};
    return placesOf({ text: home, isKnown, ...pattern }, cwd);
  };
  const folder = (): readonly string[] => (cwd === undefined ? [] : [cwd]);
  let before: readonly Piece[] = [];
  const read = text.slice(0, longest);
  const listed = (words: readonly Piece[]): readonly string[] =>
    words
      .filter((one) => !one.text.startsWith('-'))
      .flatMap((one) => at(one))
      .filter((place) => existsSync(place));
  const files = (words: readonly Piece[]): readonly string[] =>
    (words.length === 0 ? folder() : listed(words)).flatMap(filesAt);
  for (const { words, into, isPiped } of statementsOf(read, files)) {
    found.push(...into.flatMap((one) => at(one)));
    const [first, ...rest] = words;
    const name = first?.text.toLowerCase() ?? '';
    const cmdlet = known.get(name);
    if (movers.test(name)) {
      const [to] = rest.filter((one) => !one.text.startsWith('-'));
      const [place, ...more] = to ? at(to) : [setting.home];
      cwd = more.length === 0 ? place : undefined;
    } else if (cmdlet) {
      const given = written(cmdlet, rest, at);
      // What is piped into it names the files, or nobody does: then any in the folder.
      const named = listed(before.slice(1));
      if (given.length > 0 || !isPiped || cmdlet.writes === 'named') found.push(...given);
      else found.push(...(named.length > 0 ? named.flatMap(filesAt) : folder()));
    }
    before = words;
  }
  for (const [, ...paths] of calls.flatMap((form) => [...read.matchAll(form)]))
    for (const path of paths) if (path) found.push(...at({ text: path.slice(1, -1), isKnown: true }, true));
  return [...new Set(found)];
}

/** `pwsh -c text`, its encoded form, or what is fed to it. */
export function calledPowerShell(
  rest: readonly Piece[],
  fed: string | undefined,
  setting: Setting,
): readonly string[] {
  const encoded = rest.findIndex((one) => /^-e(?:c|nc\w*)?$/i.test(one.text));
  if (encoded >= 0)
    return powershellWrites(
      Buffer.from(rest[encoded + 1]?.text ?? '', 'base64').toString('utf16le'),
      setting,
    );
  const at = rest.findIndex((one) => /^-c(?:o\w*)?$/i.test(one.text));
  const told = rest.slice(at + 1).map((one) => one.text);
  const text = at < 0 ? fed : told.join(' ');
  return text === undefined ? [] : powershellWrites(text, setting);
}

type Places = (piece: Piece, isLiteral?: boolean) => readonly string[];

function written({ writes, valued = [] }: Cmdlet, rest: readonly Piece[], at: Places): readonly string[] {
  const { plain, named, isDeep } = operandsOf(rest, valued);
  const places = (pieces: readonly Piece[] = [], isLiteral = false): readonly string[] =>
    pieces.flatMap((piece) => at(piece, isLiteral));
  if (writes === 'named') return places(named.get('outfile'));
  const literal = named.get('literalpath');
  const given = named.get('path') ?? named.get('filepath') ?? named.get('pspath');
  const sources = literal ? places(literal, true) : places(given ?? plain.shift());
  if (writes === 'first') return isDeep ? sources.flatMap(filesAt) : sources;
  const [called] = named.get('newname') ?? named.get('name') ?? [];
  if (writes === 'makes') {
    const within = sources.length > 0 ? sources : places([{ text: '.', isKnown: true }]);
    return called?.isKnown ? within.map((place) => resolve(place, called.text)) : sources;
  }
  if (writes === 'renames') {
    const name = called ?? plain[0]?.[0];
    const renamed = name?.isKnown ? sources.map((place) => resolve(place, '..', name.text)) : [];
    return [...sources, ...renamed];
  }
  const into = places(named.get('destination') ?? plain[0]).flatMap((place) =>
    isFolder(place) ? sources.map((source) => resolve(place, basename(source))) : [place],
  );
  return writes === 'both' ? [...sources.flatMap(filesAt), ...into] : into;
}

const places = ['path', 'literalpath', 'filepath', 'pspath', 'destination', 'outfile'];

/** What stands behind a cmdlet's name; several with commas between them are one operand, or one value. */
function operandsOf(
  rest: readonly Piece[],
  valued: readonly string[],
): { plain: (readonly Piece[])[]; named: ReadonlyMap<string, readonly Piece[]>; isDeep: boolean } {
  const lists: Piece[][] = [];
  for (const piece of rest) {
    if (piece.isListed) lists.at(-1)?.push(piece);
    else lists.push([piece]);
  }
  const plain: (readonly Piece[])[] = [];
  const named = new Map<string, readonly Piece[]>();
  let isDeep = false;
  for (let index = 0; index < lists.length; index += 1) {
    const list = lists[index] ?? [];
    const [, given = '', joined] = /^-([A-Za-z]+)(?::(.+))?$/.exec(list[0]?.text ?? '') ?? [];
    const name = given.toLowerCase();
    const parameter = name === '' ? undefined : [...places, ...valued].find((one) => one.startsWith(name));
    if (name === '') plain.push(list);
    else if (parameter === undefined || (name.length > 1 && 'recurse'.startsWith(name))) {
      isDeep ||= 'recurse'.startsWith(name);
    } else if (joined !== undefined) {
      named.set(parameter, [{ text: joined, isKnown: list[0]?.isKnown ?? false }, ...list.slice(1)]);
    } else named.set(parameter, lists[(index += 1)] ?? []);
  }
  return { plain, named, isDeep };
}
