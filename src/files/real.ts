import { readlink, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join } from 'node:path';

const mostLinks = 40;

/**
 * A path with its deepest existing parent made real. A link to what is not there yet is followed too: whoever writes
 * to it makes its target. Throws what the disk says where it cannot be followed (a circle, no permission).
 */
export async function realest(path: string, links = 0): Promise<string> {
  let above = path;
  const rest: string[] = [];
  for (;;) {
    const real = await realpath(above).catch(unlessMissing);
    if (real !== undefined) return join(real, ...rest);
    const target = await readlink(above).catch(() => undefined);
    if (target !== undefined) {
      if (links >= mostLinks) throw new Error('The links go in a circle.');
      const start = isAbsolute(target) ? target : `${await realest(dirname(above), links + 1)}/${target}`;
      return realest([start, ...rest].join('/'), links + 1);
    }
    if (dirname(above) === above) return join(path);
    rest.unshift(basename(above));
    above = dirname(above);
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
