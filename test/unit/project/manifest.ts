import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Conditional {
  readonly when?: string;
}

interface MenuItem extends Conditional {
  readonly command?: string;
  readonly submenu?: string;
}

interface Setting {
  readonly markdownDescription?: string;
  readonly description?: string;
}

interface Configuration {
  readonly properties?: Readonly<Record<string, Setting>>;
}

interface Contributions {
  readonly commands?: ReadonlyArray<{
    readonly command: string;
    readonly title: string;
    readonly category?: string;
    readonly enablement?: string;
  }>;
  readonly views: Readonly<Record<string, ReadonlyArray<Conditional & { readonly id: string }>>>;
  readonly viewsWelcome?: ReadonlyArray<Conditional & { readonly view: string; readonly contents: string }>;
  readonly viewsContainers: Readonly<
    Record<string, ReadonlyArray<{ readonly id: string; readonly icon: string }>>
  >;
  readonly configuration?: Configuration | readonly Configuration[];
  readonly menus?: Readonly<Record<string, readonly MenuItem[]>>;
  readonly keybindings?: ReadonlyArray<Conditional & { readonly command: string }>;
  readonly walkthroughs?: ReadonlyArray<{
    readonly steps: ReadonlyArray<Conditional & { readonly description: string }>;
  }>;
}

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
  readonly type: string;
  readonly main: string;
  readonly icon: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly extensionKind: readonly string[];
  readonly enabledApiProposals?: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly supported: unknown };
    readonly virtualWorkspaces: { readonly supported: unknown };
  };
  readonly contributes: Contributions;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as Manifest;
export const contributes = manifest.contributes;

export function contributedSettings(): string[] {
  const sections = [contributes.configuration ?? []].flat() as readonly Configuration[];
  return sections.flatMap((section) => Object.keys(section.properties ?? {}));
}

/** Every condition in the manifest, with the place it stands at. */
export function conditions(): Array<{ readonly place: string; readonly when: string }> {
  const found: Array<{ place: string; when: string }> = [];
  const walk = (value: unknown, place: string) => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if ((key === 'when' || key === 'enablement') && typeof inner === 'string')
        found.push({ place, when: inner });
      else walk(inner, `${place}.${key}`);
    }
  };
  walk(contributes, 'contributes');
  return found;
}

/** The names in a condition: no literals, no values it compares with, no regular expressions. */
export function keysOf(when: string): string[] {
  // A pattern holds brackets of its own.
  return when
    .replace(/=~\s*\/(?:[^/\\]|\\.)*\/\w*/g, '=~ pattern')
    .split(/&&|\|\||[()]/)
    .map((part) => part.trim().replace(/^!\s*/, ''))
    .map((part) => part.split(/\s*(?:===?|!==?|=~|<=?|>=?|\bnot\s+in\b|\bin\b)\s*/)[0] ?? '')
    .filter((key) => key !== '' && key !== 'true' && key !== 'false');
}
