import { refusal, type Refusal } from '../../contract/refusal.ts';
import { linesOf } from '../../contract/text/reading.ts';
import { isRefused } from '../../core/decision.ts';
import { decide } from '../../core/orchestration.ts';
import type { State } from '../../core/state.ts';
import { plainWorkspace } from '../../core/workspace.ts';
import { placedFlaws, type Fix, type PlacedFlaw } from '../packets/flaws.ts';
import type { Sheet } from '../packets/sheet.ts';
import { fixesOfRefusal, fixesOfUnread } from './fixes.ts';
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
    return { flaws: [refusedAt(state, lines, 0, stale)], line: 0, asks: { refusal: stale } };
  }
  const { act, unread, packets, reasonLine, lineOf } = readPlan(state, text);
  const [first] = unread;
  if (first) {
    return {
      flaws: unread.map((one) => placed(lines, one.line, one.why, fixesOfUnread(state, lines, one))),
      line: reasonLine,
      asks: { refusal: refusal('replan-unread', first.why, 'Mend the marked lines, then use it again.') },
    };
  }
  const workspace = { ...plainWorkspace, folders };
  const decision = decide(state, { actor: { seat: 'user' }, now: 0, act, workspace });
  if (!isRefused(decision)) return { flaws: [], line: reasonLine, asks: { act } };
  const { code, about } = decision.refusal;
  const own = code === 'packet-flawed' ? packets.flatMap((one) => placedFlaws(one, lines, folders)) : [];
  const line = (about && lineOf(about.kind, about.n)) ?? lineOf(code, 0) ?? reasonLine;
  return {
    flaws: own.length > 0 ? own : [refusedAt(state, lines, line, decision.refusal)],
    line: reasonLine,
    asks: { act },
  };
}

function refusedAt(state: State, lines: readonly string[], line: number, why: Refusal): PlacedFlaw {
  return placed(lines, line, `${why.sentence} ${why.next}`, fixesOfRefusal(state, lines, line, why));
}

function placed(lines: readonly string[], line: number, why: string, fixes: readonly Fix[]): PlacedFlaw {
  const mended = lines[line] ?? '';
  return { flaw: { field: 'REPLAN', words: '', why, better: mended }, line, lastLine: line, mended, fixes };
}
