/** Builds `guard.js`, the program before agents' tools, into a folder. */
export function buildGuard(outdir: string): Promise<unknown>;
