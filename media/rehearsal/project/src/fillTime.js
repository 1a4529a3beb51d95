import { chamberVolume } from './chamberVolume.js';

/** Seconds until the chamber is filled by `depth`, at `flow` cubic metres a second. */
export function fillTime(chamber, depth, flow) {
  return chamberVolume(chamber, depth) / flow;
}
