import { resolve } from 'node:path';

/** Programs that are given their text on the command line, and the options it stands behind. */
const interpreters: Readonly<Record<string, RegExp>> = {
  python: /^-[A-Za-z]*c$/,
  node: /^(?:-[A-Za-z]*[ep]|--eval|--print)$/,
  bun: /^(?:-e|--eval)$/,
  ruby: /^-[A-Za-z]*e$/,
  perl: /^-[A-Za-z0-9]*[eE]$/,
  php: /^-r$/,
};

/** The interpreter of that name, `python3.12` and `nodejs` among them. */
export function interpreterOf(name: string): RegExp | undefined {
  const plain = name.replace(/^python[\d.]*$/, 'python').replace(/^nodejs$/, 'node');
  return Object.hasOwn(interpreters, plain) ? interpreters[plain] : undefined;
}

const text =
  String.raw`(?:[rRbBuUfF]{0,2}(?:'(?:[^'\\\n]|\\.){1,400}'|"(?:[^"\\\n]|\\.){1,400}"|` +
  '`[^`$\\\\]{1,400}`))';
const place = String.raw`(?:(?:[\w.]*Path\s*\(\s*)?(${text}|[\w$.]{1,80})\s*\)?)`;
const form = (before: string, after = ''): RegExp => new RegExp(`${before}${after}`, 'g');

const opened = String.raw`(?:mode\s*=\s*)?['"][^'"\n]{0,8}[wax+>][^'"\n]{0,8}['"]`;
const fileCalls = [
  String.raw`writeFile|appendFile|unlink|rmdir|rm|truncate|createWriteStream|chmod`,
  String.raw`writeTextFile|remove|file_put_contents|fwrite_to|rmtree|touch|removedirs`,
].join('|');
const pairCalls = 'rename|renames|replace|copyFile|copyfile|copytree|copy2|copy|move|cp|symlink|link|mv';

/** Calls that write, with the path in the first group, and in the second one where there are two. */
const writing: readonly RegExp[] = [
  form(String.raw`\b(?:open|fopen|openSync)\s*\(\s*${place}\s*,\s*${opened}`),
  // Perl names the mode before the file.
  form(String.raw`\bopen\s*\(?\s*(?:my\s+)?\$?\w+\s*,\s*['"]\+?>{1,2}(?::\w+)?['"]\s*,\s*(${text}|\$\w+)`),
  form(
    String.raw`(?<![\w.])${place}\s*\.\s*(?:write_text|write_bytes|unlink|touch|rmdir|rename|open\s*\(\s*${opened})`,
  ),
  form(String.raw`\b(?:File|FileUtils|Bun)\.(?:write|delete|unlink|rm|rm_f|rm_rf|touch)\s*\(?\s*${place}`),
  form(String.raw`\b(?:${fileCalls})(?:Sync)?\s*\(\s*${place}`),
  form(
    String.raw`\b(?:os|shutil|fs|fsp|promises|Deno|FileUtils|File)\.(?:\w+\.)?(?:${pairCalls})(?:Sync)?\s*\(\s*${place}\s*,\s*${place}`,
  ),
];
const shells = form(
  String.raw`\b(?:system|execSync|exec|popen|run|call|check_call|check_output|shell_exec)\s*\(\s*(${text})`,
);
const assigned = form(String.raw`(?:^|[\s;,({])\$?(\w+)\s*=\s*(?:[\w.]*Path\s*\(\s*)?(${text})`);

/** Longer scripts are read as far as this. */
const longest = 100_000;

/**
 * The paths that a script plainly writes: named by a text, or by a variable that is given one, in a call that is known
 * to write; and the shell's texts that it runs. What it computes is not among them.
 */
export function scriptWrites(
  code: string,
  cwd: string | undefined,
  shell: (text: string) => readonly string[],
): readonly string[] {
  const read = code.slice(0, longest);
  const known = new Map<string, string>();
  for (const [, name = '', value = ''] of read.matchAll(assigned)) known.set(name, value);
  const pathOf = (word: string | undefined): readonly string[] => {
    if (word === undefined) return [];
    const value = /['"`]$/.test(word) ? word : known.get(word.replace(/^\$/, ''));
    const path = value?.replace(/^[rRbBuUfF]{0,2}['"`]/, '').slice(0, -1) ?? '';
    if (path === '' || (cwd === undefined && !path.startsWith('/'))) return [];
    return [resolve(cwd ?? '/', path.replaceAll(/\\(.)/gs, '$1'))];
  };
  const found = writing.flatMap((one) =>
    [...read.matchAll(one)].flatMap(([, first, second]) => [...pathOf(first), ...pathOf(second)]),
  );
  const run = [...read.matchAll(shells)].flatMap(([, word = '']) =>
    shell(word.replace(/^[rRbBuUfF]{0,2}['"`]/, '').slice(0, -1)),
  );
  return [...found, ...run];
}
