import { existsSync } from 'node:fs';
import { win32 } from 'node:path';

/** What is handed to the operating system for an argument list. */
export type Start =
  | { readonly file: string; readonly args: readonly string[]; readonly verbatim: boolean }
  | { readonly why: string };

/**
 * How a program is started without a shell. On Windows many are batch files (`npm.cmd`), which only cmd.exe reads: it
 * is handed one whose arguments hold nothing that it would act on, and no other.
 */
export function startOf(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
  platform: NodeJS.Platform,
  isThere: (path: string) => boolean = existsSync,
): Start {
  const [program = '', ...args] = argv;
  if (program === '') return { why: 'cannot be run: no program is named' };
  if (platform !== 'win32') return { file: program, args, verbatim: false };
  const file = onWindows(program, env, isThere) ?? program;
  if (!/\.(?:cmd|bat)$/i.test(file)) return { file, args, verbatim: false };
  const words = [file, ...args];
  const unsafe = words.find((word) => /["%!^&|<>\r\n\0]/.test(word));
  if (unsafe !== undefined) {
    return {
      why: `cannot be run: ${program} is a batch file on Windows, which cannot be handed ${JSON.stringify(unsafe)} safely; name the program itself`,
    };
  }
  const comspec = valueOf(env, 'ComSpec') ?? 'cmd.exe';
  const line = words.map((word) => `"${word.replace(/\\+$/, '$&$&')}"`).join(' ');
  return { file: comspec, args: ['/d', '/s', '/c', `"${line}"`], verbatim: true };
}

/** The file that a name means on Windows: by PATH and PATHEXT, never from the folder it is run in. */
function onWindows(
  program: string,
  env: Readonly<Record<string, string>>,
  isThere: (path: string) => boolean,
): string | undefined {
  const endings = (valueOf(env, 'PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').split(';').filter(Boolean);
  const candidates = endings.some((ending) => program.toLowerCase().endsWith(ending.toLowerCase()))
    ? [program]
    : endings.map((ending) => `${program}${ending.toLowerCase()}`);
  if (/[\\/]/.test(program)) return candidates.find(isThere);
  const folders = (valueOf(env, 'PATH') ?? '').split(';').filter((folder) => win32.isAbsolute(folder));
  return folders.flatMap((folder) => candidates.map((name) => win32.join(folder, name))).find(isThere);
}

function valueOf(env: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(env).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}
