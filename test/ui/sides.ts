import type { Workbench } from '../rig/workbench.ts';
import { until } from '../rig/until.ts';

/** A text without its blanks: an editor draws them in its own way, and breaks lines. */
export const plain = (text: string): string => text.replaceAll(/[\s\u00a0\u200b]/g, '');

/** What the editor for differences shows of so many files, as plain text: what was, an arrow, and what will be. */
export async function sidesOf({ page }: Workbench, count: number): Promise<readonly string[]> {
  const entries = page.locator('.multiDiffEntry:visible');
  const side = async (entry: number, name: string): Promise<string> =>
    plain((await entries.nth(entry).locator(`.editor.${name} .view-line`).allInnerTexts()).join(''));
  const read = async (): Promise<readonly string[]> =>
    Promise.all(
      Array.from(
        { length: await entries.count() },
        async (_, entry) => `${await side(entry, 'original')} → ${await side(entry, 'modified')}`,
      ),
    );
  const shown = await until(read, (all) => all.length === count && all.every((one) => one !== ' → '));
  return shown.toSorted();
}
