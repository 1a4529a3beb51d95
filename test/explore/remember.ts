import { registerHooks } from 'node:module';

const readers = new Set(['./packetForm.ts', './purposes.ts', './sameWork.ts']);

/** The core is given the readers that remember, in place of its own; the readers themselves read anew. */
registerHooks({
  resolve(specifier, context, next) {
    const asks = /\/src\/core\/(?:packet|readers)\.ts$/.test(context.parentURL ?? '');
    if (!asks || !readers.has(specifier)) return next(specifier, context);
    return next(new URL('remembered.ts', import.meta.url).href, context);
  },
});
