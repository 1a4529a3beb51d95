import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changes } from './changes.ts';
import { replaced } from './replacement.ts';
import { nameOf, rules, settledCases } from './rules.ts';

/** The ids that tests are named after, in all suites. */
function namedIds(root: string): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const name of readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.test.ts') || name.includes('node_modules')) continue;
    const text = readFileSync(join(root, 'test', name), 'utf8');
    for (const [, id = ''] of text.matchAll(/\b(?:it|describe)\(\s*['"`]([A-Z]\d+): /g)) ids.add(id);
  }
  return ids;
}

/** Changes that do not apply exactly once to the sources as they are. */
function misses(root: string): readonly string[] {
  return changes.flatMap((change) => {
    try {
      replaced(readFileSync(join(root, change.file), 'utf8'), nameOf(change), change);
      return [];
    } catch (error) {
      return [error instanceof Error ? error.message : String(error)];
    }
  });
}

/** What is wrong with the list of changes itself, a sentence for each; `root` is the top of the repository. */
export function gaps(root: string): readonly string[] {
  const names = changes.map(nameOf);
  return [
    ...misses(root),
    ...[...namedIds(root)]
      .filter((id) => !(id in rules))
      .map((id) => `Tests are named after ${id}, which is not in the list of rules.`),
    ...Object.keys(rules)
      .filter((id) => !changes.some(({ rule }) => rule === id))
      .map((id) => `No change switches ${id} off.`),
    ...settledCases
      .filter((one) => !changes.some(({ settled }) => settled === one))
      .map((one) => `No change switches the settled case “${one}” off.`),
    ...names.filter((name, index) => names.indexOf(name) < index).map((name) => `Twice in the list: ${name}`),
  ];
}
