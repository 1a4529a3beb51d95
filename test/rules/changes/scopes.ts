import { off, type Change } from '../rules.ts';

const area = 'core/scopes/area.ts';

/** P7, what a scope holds. */
export const scopeChanges: readonly Change[] = [
  off(
    'P7',
    area,
    'NOT-YOUR-JOB cuts nothing out of SCOPE.',
    ' && !cuts.some((pattern) => matches(pattern, name))',
    ' && cuts.length >= 0',
  ),
  off(
    'P7',
    area,
    'A critical file is in a scope by a glob.',
    '(area.literals.has(name) || !critical.some((pattern) => matches(pattern, name)))',
    '(area.literals.has(name) || critical.length >= 0)',
  ),
  off(
    'P7',
    area,
    'One name in other case is two files on a disk that is blind to it.',
    'return plain !== undefined && caseBlind ? folded(plain) : plain;',
    'return plain !== undefined && caseBlind ? plain : plain;',
  ),
];
