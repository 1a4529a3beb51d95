/** As package.json names it among the events that wake the extension. */
export const viewType = 'lockkeeper.questions';
