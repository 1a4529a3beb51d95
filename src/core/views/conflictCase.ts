import { conflictName, frozenSide, nextStep, sideName, stepWords } from '../dispute.ts';
import { upper } from '../labels.ts';
import type { Conflict, State } from '../state.ts';

/** A case as it stands, line by line: the two sides, who is frozen, each step with who did it, and the next. */
export function caseLines(state: State, conflict: Conflict): readonly string[] {
  const { files, sides, noticed, by, owner, path, evidence, resumed } = conflict;
  const [first, later] = sides;
  const own = owner && sides[owner.side - 1];
  return [
    `${upper(conflictName(conflict))}: ${sideName(state, first)}, then ${sideName(state, later)}`,
    `FILES: ${files.join(', ')}`,
    `NOTICED by ${by}: ${noticed}`,
    ...(resumed ? [] : [`FROZEN there: ${sideName(state, frozenSide(conflict))}`]),
    ...(owner && own ? [`OWNER, by ${owner.by}: ${sideName(state, own)}. ${owner.reason}`] : []),
    ...(path
      ? [
          `MERGE PATH, by ${path.by}: ${path.path}. ${path.words}${path.todo === undefined ? '' : ` TODO ${path.todo} does what is left.`}`,
        ]
      : []),
    ...(evidence
      ? [
          `CONTRACT, by ${evidence.by}: ${evidence.contract}`,
          `REGRESSION: ${evidence.regression.command}: ${evidence.regression.result}`,
        ]
      : []),
    resumed
      ? `RESUMED by ${resumed.by}: ${resumed.reason}`
      : `NEXT: ${stepWords(conflict)}${nextStep(conflict) === 'name-writer' ? '; only the user can' : ''}.`,
  ];
}
