import { refusal } from '../../contract/refusal.ts';
import { linesOf } from '../../contract/text/reading.ts';
import { isRefused } from '../../core/decision.ts';
import { decide } from '../../core/orchestration.ts';
import type { State } from '../../core/state.ts';
import { plainWorkspace } from '../../core/workspace.ts';
import { placedFlaws, type PlacedFlaw } from '../packets/flaws.ts';
import type { Sheet } from '../packets/sheet.ts';
import { baseOf } from './planDocument.ts';
import { readPlan } from './readPlan.ts';

const stale = refusal(
  'replan-stale',
  'Plan, list or live work is not what it was when this document was opened.',
  'Replan again, and take over from this document what still holds.',
);

/**
 * The document of a replan as it stands: what is not understood at its line, then what the rules would say to it, at
 * the line of what they speak of.
 */
export function readReplan(state: State, base: string, text: string, folders: readonly string[]): Sheet {
  const lines = linesOf(text);
  if (baseOf(state) !== base) {
    const { sentence, next } = stale;
    return { flaws: [placed(lines, 0, `${sentence} ${next}`)], line: 0, asks: { refusal: stale } };
  }
  const { act, unread, packets, reasonLine, lineOf } = readPlan(state, text);
  const [first] = unread;
  if (first) {
    return {
      flaws: unread.map(({ line, why }) => placed(lines, line, why)),
      line: reasonLine,
      asks: { refusal: refusal('replan-unread', first.why, 'Mend the marked lines, then use it again.') },
    };
  }
  const workspace = { ...plainWorkspace, folders };
  const decision = decide(state, { actor: { seat: 'user' }, now: 0, act, workspace });
  if (!isRefused(decision)) return { flaws: [], line: reasonLine, asks: { act } };
  const { code, sentence, next, about } = decision.refusal;
  const own = code === 'packet-flawed' ? packets.flatMap((one) => placedFlaws(one, lines, folders)) : [];
  const line = (about && lineOf(about.kind, about.n)) ?? lineOf(code, 0) ?? reasonLine;
  return {
    flaws: own.length > 0 ? own : [placed(lines, line, `${sentence} ${next}`)],
    line: reasonLine,
    asks: { act },
  };
}

function placed(lines: readonly string[], line: number, why: string): PlacedFlaw {
  const mended = lines[line] ?? '';
  return { flaw: { field: 'REPLAN', words: '', why, better: mended }, line, lastLine: line, mended };
}
