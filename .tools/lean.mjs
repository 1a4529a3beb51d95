// What keeps the bundles small where the packages themselves do not.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const whole = 'zod-whole';

/**
 * esbuild splits by file, and both of zod's faces stand on the same files: what only the agents' door needs of them
 * would come with every start. So whoever asks for the whole zod gets files of its own.
 */
const zodTwice = {
  name: 'zod-twice',
  setup(build) {
    build.onResolve({ filter: /^zod(\/v4)?$/ }, async ({ path, kind, resolveDir, pluginData }) => {
      if (pluginData === whole) return undefined;
      const found = await build.resolve(path, { kind, resolveDir, pluginData: whole });
      return { ...found, namespace: whole, sideEffects: false };
    });
    build.onResolve({ filter: /^\./, namespace: whole }, ({ path, importer }) => ({
      path: join(dirname(importer), path),
      namespace: whole,
      sideEffects: false,
    }));
    build.onLoad({ filter: /./, namespace: whole }, async ({ path }) => ({
      contents: await readFile(path),
      loader: 'js',
      resolveDir: dirname(path),
    }));
  },
};

/**
 * The MCP server brings ajv (150 kB) to check what we have none of: output schemas and elicitation. Whoever comes to
 * need it must take it out here, and is told so.
 */
const noSchemaValidator = {
  name: 'no-schema-validator',
  setup(build) {
    build.onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, () => ({
      path: 'shims',
      namespace: 'lean',
    }));
    build.onLoad({ filter: /./, namespace: 'lean' }, () => ({
      contents: `
        export const CORS_IS_POSSIBLE = false;
        export class DefaultJsonSchemaValidator {
          getValidator() { throw new Error('No JSON schema can be checked here: see .tools/lean.mjs'); }
        }`,
      loader: 'js',
    }));
  },
};

/** Its main file finds its others by a `require` that esbuild cannot follow; its other face is plain. */
const plainJsonc = {
  name: 'plain-jsonc',
  setup(build) {
    build.onResolve({ filter: /^jsonc-parser$/ }, ({ resolveDir }) =>
      build.resolve('jsonc-parser/lib/esm/main.js', { kind: 'import-statement', resolveDir }),
    );
  },
};

export const lean = [zodTwice, noSchemaValidator, plainJsonc];
