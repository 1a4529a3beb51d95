import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Bytes of a bundled program with all that it imports statically, beside itself. */
export async function staticSize(entry: string): Promise<number> {
  const files = new Set([entry]);
  let bytes = 0;
  // A set that grows while it is gone through gives what was added too.
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    bytes += Buffer.byteLength(text);
    for (const [, name = ''] of text.matchAll(/(?:from|import)\s*["'](\.\/[\w.-]+\.js)["']/g))
      files.add(join(dirname(file), name));
  }
  return bytes;
}
