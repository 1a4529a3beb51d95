import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { staticSize } from '../unit/project/bundle.ts';
import type { Figure } from './figure.ts';
import { kilobytes } from './numbers.ts';
import { staged } from './staged.ts';

const mostStatic = 250_000;
const mostInAll = 1_500_000;

export async function sizes(): Promise<readonly Figure[]> {
  const { extension, vsix } = await staged();
  const dist = join(extension, 'dist');
  const files = (await readdir(dist)).filter((name) => name.endsWith('.js'));
  const sized = await Promise.all(files.map(async (name) => (await stat(join(dist, name))).size));
  const all = sized.reduce((sum, size) => sum + size, 0);
  const atStart = await staticSize(join(dist, 'extension.js'));
  return [
    {
      what: 'what the entry imports statically',
      ours: kilobytes(atStart),
      floor: '',
      target: `≤ ${kilobytes(mostStatic)}`,
      holds: atStart <= mostStatic,
    },
    {
      what: 'all code in dist',
      ours: kilobytes(all),
      floor: '',
      target: `≤ ${kilobytes(mostInAll)}`,
      holds: all <= mostInAll,
    },
    { what: 'the VSIX', ours: kilobytes((await stat(vsix)).size), floor: '', target: '' },
  ];
}
