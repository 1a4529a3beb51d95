import { off, type Change } from '../rules.ts';

const area = 'core/scopes/area.ts';
const overlap = 'core/scopes/overlap.ts';
const entry = 'core/scopeEntry.ts';

/** P7, what a scope holds, and where two meet. */
export const scopeChanges: readonly Change[] = [
  off(
    'P7',
    'core/scopes/braces.ts',
    'A glob of critical files with braces protects nothing.',
    'return within === undefined ? [glob] :',
    'return within === within ? [glob] :',
  ),
  off(
    'P7',
    area,
    'NOT-YOUR-JOB cuts nothing out of SCOPE.',
    'return !isAmong(cuts, name) && (',
    'return cuts.length >= 0 && (',
  ),
  off(
    'P7',
    area,
    'A critical file is in a scope by a glob.',
    '(literals.has(name) || !isAmong(critical, name))',
    '(literals.has(name) || critical.length >= 0)',
  ),
  off(
    'P7',
    area,
    'One name in other case is two files on a disk that is blind to it.',
    'return plain !== undefined && caseBlind ? folded(plain) : plain;',
    'return plain !== undefined && caseBlind ? plain : plain;',
  ),
  off(
    'P7',
    overlap,
    'Two scopes meet in a file that one of them spells out.',
    'if (named) return named;',
    'if (named) return undefined;',
  ),
  off(
    'P7',
    overlap,
    'Two scopes meet in a glob.',
    'if (example !== undefined) return { ...met, example };',
    '',
  ),
  off(
    'P7',
    overlap,
    'What takes too long to decide is no overlap.',
    'example };\n      if (allowed.looks < 0) return met;',
    'example };\n      if (allowed.looks < 0) return undefined;',
  ),
  off(
    'P7',
    entry,
    'An agent takes the whole workspace for its scope.',
    "broken: (entry) => !/[\\p{L}\\p{N}_$]/u.test(entry.replace(characterClass, '')),",
    'broken: () => false,',
  ),
  off(
    'P7',
    'core/scopes/name.ts',
    'A name that leads out of the workspace is in a scope.',
    'if (kept.pop() === undefined) return undefined;',
    'kept.pop();',
  ),
];
