import type { Judged } from '../../contract/review.ts';
import { nameOfLine, isGateLine, toJudge, type ToJudge } from '../../core/objective.ts';
import { at } from '../../core/table.ts';
import type { Choice } from '../asking/box.ts';
import { back, choose } from '../asking/box.ts';
import type { Stop } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import { judge } from '../prompts.ts';
import type { Room } from '../room.ts';

/** What the reviewer has said so far, line by line. */
export interface Judging {
  readonly judged?: readonly Judged[] | undefined;
}

type Said = Pick<Judged, 'pass' | 'word'>;

/**
 * P8: a step for each line that the reviewer judges: one word, and Enter says that it is met. Below it stands that it
 * is not, which ends the approval.
 */
export function judgeStops<D extends Judging>(room: Room, n: number, hides: boolean): readonly Stop<D>[] {
  const result = at(room.state.results, n);
  const dispatch = result && at(room.state.dispatches, result.dispatch);
  if (!result || !dispatch) return [];
  const lines = toJudge(room.state, result, dispatch);
  const several = new Set(lines.map(({ todo }) => todo)).size > 1;
  return lines.map((line, index): Stop<D> => ({
    when: (draft) => !hasFailed(draft),
    ask: async (frame, draft) => {
      const answer = await choose<Said>(frame, [], {
        placeholder: judge.word,
        prompt: judge.prompt(nameOfLine(line, several), forPick(line.text, 400), evidence(line), hides),
        made: choices,
      });
      if (answer === undefined || answer === back || typeof answer === 'string') return undefined;
      const { todo, what } = line;
      const judged = [...(draft.judged ?? []).slice(0, index), { todo, what, line: line.line, ...answer }];
      return { ...draft, judged };
    },
  }));
}

function choices(word: string): readonly Choice<Said>[] {
  return [
    { label: judge.met(forPick(word, 200)), value: { pass: true, word } },
    { label: judge.unmet(forPick(word, 200)), value: { pass: false, word } },
  ];
}

function evidence({ what, shows }: ToJudge): string | undefined {
  return isGateLine(what) ? undefined : forPick(shows.join(' '), 300);
}

function hasFailed({ judged = [] }: Judging): boolean {
  return judged.some(({ pass }) => !pass);
}
