export { chamberVolume } from './chamberVolume.js';
export { fillTime } from './fillTime.js';
export { lockages } from './lockages.js';
