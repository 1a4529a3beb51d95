/** Every id that package.json and the code must agree on; a test compares the two. */
export const commands = [] as const;
export const views = ['lockkeeper.todo', 'lockkeeper.workers', 'lockkeeper.inbox'] as const;
export const settings = [] as const;
export const contextKeys = [] as const;

export type ViewId = (typeof views)[number];
