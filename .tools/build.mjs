import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { minify } from '@swc/core';
import * as esbuild from 'esbuild';
import { lean } from './lean.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');

/** Runs in the extension host; `await import()` becomes a chunk that loads when it is needed. */
const hosted = {
  extension: 'src/extension.ts',
  verify: 'src/journal/verifyProgram.ts',
  // A program of its own that speaks MCP: it stands on the same packages as the door.
  rehearsal: 'src/agents/rehearsal/main.ts',
  // The client of an agent that speaks ACP.
  acp: 'src/agents/acp/main.ts',
};
/** Programs of their own: one file each. */
const programs = { launch: 'src/agents/launcher/main.ts', stdio: 'src/agents/bridge/main.ts' };
/** Runs before every write of an agent, on whatever Node there is. */
const guard = { guard: 'src/agents/guard/main.ts' };
/** Runs in a webview. */
const browser = { panel: 'src/panel/main.ts' };
const codicons = ['codicon.css', 'codicon.ttf'];

const present = (entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(join(root, file))));

const node = {
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  external: ['vscode'],
  plugins: lean,
  // CommonJS packages inside an ES module still call require().
  banner: {
    js: "import{createRequire as lockkeeperRequire}from'node:module';const require=lockkeeperRequire(import.meta.url);",
  },
};

/** `more`: options of esbuild for what the extension host loads. */
export async function build(outdir = dist, more = {}) {
  await rm(outdir, { recursive: true, force: true });
  const results = await Promise.all([
    esbuild.build({
      ...node,
      ...more,
      // Whichever file runs first says when; `src/extension.ts` tells the log how long the start took.
      banner: { js: `globalThis.lockkeeperBegan??=performance.now();${node.banner.js}` },
      outdir,
      entryPoints: present(hosted),
      splitting: true,
      chunkNames: '[hash]',
      metafile: true,
    }),
    ...Object.entries(present(programs)).map(([name, file]) =>
      esbuild.build({ ...node, outdir, entryPoints: { [name]: file } }),
    ),
    buildGuard(outdir),
    ...Object.entries(present(browser)).map(([name, file]) =>
      esbuild.build({
        absWorkingDir: root,
        outdir,
        entryPoints: { [name]: file },
        bundle: true,
        format: 'esm',
        platform: 'browser',
        target: 'es2024',
        minify: true,
        legalComments: 'none',
        logLevel: 'warning',
      }),
    ),
  ]);
  if (more.minify !== false) await tighten(outdir);
  if (Object.keys(present(browser)).length > 0) {
    await mkdir(outdir, { recursive: true });
    for (const file of codicons)
      await copyFile(join(root, 'node_modules/@vscode/codicons/dist', file), join(outdir, file));
  }
  return results[0].metafile;
}

/**
 * The banner stands in each of many chunks, and next to none of them calls require(). What is left a second look makes
 * smaller by a fortieth: room for a feature or two.
 */
async function tighten(outdir) {
  const names = (await readdir(outdir)).filter((name) => name.endsWith('.js'));
  const tightening = names.map(async (name) => {
    const file = join(outdir, name);
    const text = await readFile(file, 'utf8');
    const rest = text.replace(node.banner.js, '');
    const needed = /\brequire\b/.test(rest) ? text : rest;
    const module = !Object.hasOwn(guard, basename(name, '.js'));
    const { code } = await minify(needed, { module, compress: { ecma: 2022 }, mangle: true, ecma: 2022 });
    await writeFile(file, code);
  });
  await Promise.all(tightening);
}

/**
 * `guard.js` in a folder: without a package in it, for the oldest Node that there may be, and as CommonJS: that starts
 * milliseconds sooner than a module.
 */
export async function buildGuard(outdir) {
  const outputs = { ...node, format: 'cjs', target: 'node20', plugins: [], banner: {} };
  await esbuild.build({ ...outputs, entryPoints: guard, outdir });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
