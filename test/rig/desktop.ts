import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { root } from './places.ts';

const wanted = 'https://update.code.visualstudio.com/api/releases/stable';

/** Where installers put the program, and where a `code` on the path leads to. */
function* candidates(): Generator<string> {
  if (process.env.LOCKKEEPER_VSCODE !== undefined) yield process.env.LOCKKEEPER_VSCODE;
  const programs: Partial<Record<NodeJS.Platform, { fromCode: string; known: readonly string[] }>> = {
    linux: { fromCode: '../code', known: ['/usr/share/code/code', '/opt/visual-studio-code/code'] },
    darwin: {
      fromCode: '../../../../MacOS/Electron',
      known: ['/Applications/Visual Studio Code.app/Contents/MacOS/Electron'],
    },
    win32: {
      fromCode: '../Code.exe',
      known: [join(process.env.LOCALAPPDATA ?? '', 'Programs/Microsoft VS Code/Code.exe')],
    },
  };
  const program = programs[process.platform];
  if (program === undefined) return;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const command = join(folder, name);
    if (existsSync(command)) yield join(dirname(realpathSync(command)), program.fromCode);
  }
  yield* program.known;
}

function newEnough(executable: string): boolean {
  const manifests = ['resources/app/package.json', '../Resources/app/package.json'];
  const manifest = manifests.map((path) => join(dirname(executable), path)).find((path) => existsSync(path));
  if (manifest === undefined) return false;
  const version = (file: string, key: (json: { version: string; engines: { vscode: string } }) => string) =>
    key(JSON.parse(readFileSync(file, 'utf8')) as never)
      .replace('^', '')
      .split('.')
      .map(Number);
  const [major = 0, minor = 0] = version(manifest, (json) => json.version);
  const [needMajor = 0, needMinor = 0] = version(join(root, 'package.json'), (json) => json.engines.vscode);
  return major > needMajor || (major === needMajor && minor >= needMinor);
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '') !== '';
}

/** A desktop VS Code that can show a window here: an installed one, else a downloaded one, else none. */
export async function desktopCode(): Promise<string | undefined> {
  if (!hasDisplay()) return undefined;
  for (const candidate of candidates()) if (existsSync(candidate) && newEnough(candidate)) return candidate;
  const reachable = await fetch(wanted, { signal: AbortSignal.timeout(3000) }).then(
    (response) => response.ok,
    () => false,
  );
  if (!reachable) return undefined;
  return downloadAndUnzipVSCode({ version: 'stable', cachePath: join(root, '.rig/vscode') });
}
