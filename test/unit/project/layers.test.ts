import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './manifest.ts';

/** A small house with one file in each room, all its imports allowed. */
const house: Readonly<Record<string, string>> = {
  'src/contract/word.ts': "import * as z from 'zod';\nexport const word = z.string();\n",
  'src/core/rule.ts': "import { word } from '../contract/word.ts';\nexport const rule = word;\n",
  'src/journal/row.ts':
    "import { readFileSync } from 'node:fs';\nimport { word } from '../contract/word.ts';\nexport const row = [word, readFileSync];\n",
  'src/desk/act.ts':
    "import { rule } from '../core/rule.ts';\nimport { row } from '../journal/row.ts';\nexport const act = [rule, row];\n",
  'src/files/name.ts':
    "import { rule } from '../core/rule.ts';\nimport { realpath } from 'node:fs/promises';\nexport const name = [rule, realpath];\n",
  'src/git/tree.ts': "import { act } from '../desk/act.ts';\nexport const tree = act;\n",
  'src/agents/door.ts':
    "import { act } from '../desk/act.ts';\nimport { name } from '../files/name.ts';\nexport const door = [act, name];\n",
  'src/agents/rehearsal/play.ts': "import * as z from 'zod';\nexport const play = z.string();\n",
  'src/editor/view.ts':
    "import type { Uri } from 'vscode';\nimport { act } from '../desk/act.ts';\nimport { name } from '../files/name.ts';\nexport const view = (uri: Uri) => [act, name, uri];\n",
  'src/panel/form.ts': "import { word } from '../contract/word.ts';\nexport const form = word;\n",
  'src/compose.ts':
    "import { door } from './agents/door.ts';\nimport { view } from './editor/view.ts';\nexport const compose = [door, view];\n",
  'src/extension.ts': "import { compose } from './compose.ts';\nexport const extension = compose;\n",
  'test/unit/rule.test.ts': "import { rule } from '../../src/core/rule.ts';\nexport const tested = rule;\n",
};

/** One forbidden look each: the file that looks, where it looks, the rule that says no. */
const forbidden: ReadonlyArray<readonly [string, string, string]> = [
  ['src/contract/word.ts', '../core/rule.ts', 'contract-direction'],
  ['src/contract/word.ts', 'minimatch', 'contract-packages'],
  ['src/contract/word.ts', 'node:fs', 'contract-pure'],
  ['src/core/rule.ts', '../desk/act.ts', 'core-direction'],
  ['src/core/rule.ts', 'node:crypto', 'core-pure'],
  ['src/core/rule.ts', 'vscode', 'vscode-in-editor-only'],
  ['src/journal/row.ts', '../core/rule.ts', 'journal-direction'],
  ['src/desk/act.ts', '../agents/door.ts', 'desk-direction'],
  ['src/desk/act.ts', 'vscode', 'vscode-in-editor-only'],
  ['src/files/name.ts', '../desk/act.ts', 'files-direction'],
  ['src/files/name.ts', '../agents/door.ts', 'files-direction'],
  ['src/files/name.ts', 'vscode', 'vscode-in-editor-only'],
  ['src/git/tree.ts', '../core/rule.ts', 'git-direction'],
  ['src/agents/door.ts', '../editor/view.ts', 'agents-direction'],
  ['src/agents/door.ts', 'vscode', 'vscode-in-editor-only'],
  ['src/agents/door.ts', './rehearsal/play.ts', 'rehearsal-is-unknown'],
  ['src/agents/rehearsal/play.ts', '../../contract/word.ts', 'rehearsal-stands-alone'],
  ['src/editor/view.ts', '../agents/door.ts', 'editor-direction'],
  ['src/editor/view.ts', '../journal/row.ts', 'editor-direction'],
  ['src/editor/view.ts', '../compose.ts', 'compose-is-the-top'],
  ['src/panel/form.ts', '../core/rule.ts', 'panel-direction'],
  ['src/panel/form.ts', 'node:fs', 'panel-pure'],
  ['src/core/rule.ts', '../../test/unit/rule.test.ts', 'no-tests-in-source'],
  ['src/core/rule.ts', './nowhere.ts', 'no-missing-modules'],
];

interface Report {
  readonly summary: {
    readonly violations: ReadonlyArray<{ readonly from: string; readonly rule: { readonly name: string } }>;
  };
}

describe('the direction of imports', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lk-layers-'));
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
    await cp(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));
    await cp(join(root, '.tools/layers.cjs'), join(folder, '.tools/layers.cjs'));
  });

  after(() => rm(folder, { recursive: true, force: true }));

  async function build(files: Readonly<Record<string, string>>): Promise<Array<readonly [string, string]>> {
    for (const part of ['src', 'test']) await rm(join(folder, part), { recursive: true, force: true });
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const args = [cruiser, '--config', '.tools/layers.cjs', '--output-type', 'json', 'src', 'test'];
    const run = promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    const { stdout } = await run.catch((error: { stdout: string }) => error);
    const { violations } = (JSON.parse(stdout) as Report).summary;
    return violations.map(({ from, rule }) => [from, rule.name] as const);
  }

  it('lets a well built house be', async () => {
    assert.deepEqual(await build(house), []);
  });

  // Every rule at once is one run; each broken import stands in a file of its own.
  it('sees every forbidden look', async () => {
    const broken = { ...house };
    const expected = forbidden.map(([file, target, rule], index) => {
      const name = file.replace(/\.ts$/, `${index}.ts`);
      broken[name] = `import * as seen from '${target}';\nexport const looks = seen;\n`;
      return [name, rule] as const;
    });
    const found = (await build(broken)).map((violation) => violation.join(' '));
    for (const violation of expected) assert.ok(found.includes(violation.join(' ')), violation.join(' '));
  });

  it('sees a circle, of types too', async () => {
    const circle = {
      'src/core/left.ts': "import type { Right } from './right.ts';\nexport type Left = Right[];\n",
      'src/core/right.ts': "import type { Left } from './left.ts';\nexport type Right = Left[];\n",
    };
    const rules = (await build({ ...house, ...circle })).map(([, rule]) => rule);
    assert.deepEqual(rules, ['no-circles']);
  });
});
