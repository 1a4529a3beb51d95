/** Builds `guard.js`, the program before agents' tools, into a folder. */
export function buildGuard(outdir: string): Promise<unknown>;

/** Builds all of it into a folder; `more` are options of esbuild for what the extension host loads. */
export function build(outdir?: string, more?: object): Promise<unknown>;
