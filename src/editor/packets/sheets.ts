import { linesOf } from '../../contract/text/reading.ts';
import { parsePacket, parsePackets, type ReadPacket } from '../../contract/text/packetParse.ts';
import type { State } from '../../core/state.ts';
import { placedFlaws, placeFlaw } from './flaws.ts';
import { sent as words } from '../byHand/sentences.ts';
import { readReplan } from '../replan/replanSheet.ts';
import { readSent } from './sent.ts';
import type { Sheet } from './sheet.ts';
import { isSeveral, packetAct, type Topic } from './topic.ts';

export function readSheet(state: State, about: Topic, text: string, folders: readonly string[] = []): Sheet {
  const lines = linesOf(text);
  if (about.kind === 'sent') {
    const { fields, flaws, act, refusal } = readSent(state, about, text, folders);
    const placed = flaws.map((flaw) => placeFlaw({ fields, lastLine: lines.length - 1 }, lines, flaw));
    return {
      flaws: placed,
      line: placed[0]?.line ?? fields[0]?.line ?? lines.length - 1,
      asks: act ? { act, worker: about.worker } : { refusal: refusal ?? words.unread },
    };
  }
  if (about.kind === 'replan') return readReplan(state, about.base, text, folders);
  const read: readonly ReadPacket[] = isSeveral(about) ? parsePackets(text) : [parsePacket(text)];
  const act = packetAct(
    about,
    read.map(({ draft }) => draft),
  );
  return {
    flaws: read.flatMap((one) => placedFlaws(one, lines, folders)),
    line: read[0]?.fields[0]?.line ?? 0,
    asks: { act },
  };
}
