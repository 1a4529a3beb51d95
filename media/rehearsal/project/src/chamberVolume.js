/** Cubic metres of water that raise a boat by `depth` in a chamber of this length and width. */
export function chamberVolume({ length, width }, depth) {
  return length * width * depth;
}
