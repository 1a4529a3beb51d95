import type { Packet } from '../contract/packets.ts';

/** Words that turn one sentence into another without changing what is to be done. */
const filler = new Set(
  `a an the this that and or of in on to for from with by at as it its is are be please now then also just simply
finally again quickly here there we should must will`.split(/\s+/),
);
/** Words of a DONE-WHEN that any work may have: they set nothing apart. */
const common = new Set(
  `npm pnpm yarn npx node run runs test tests suite lint build check unit pass passes passing passed succeed succeeds
exit exits exited code status 0 zero green clean ok error errors warning warnings no without all every fails fail`.split(
    /\s+/,
  ),
);

/**
 * Whether two packets are the same work in other words (T8, momentum): the same TASK but for order, filler and
 * marks, or the DONE-WHENs of one within those of the other, beyond what any work has in common.
 */
export function isSameWork(planned: Packet, offered: Packet): boolean {
  if (meaning(planned.task) === meaning(offered.task)) return true;
  const [left, right] = [distinctive(planned), distinctive(offered)];
  const shared = [...left].filter((done) => right.has(done)).length;
  return shared > 0 && (shared === left.size || shared === right.size);
}

/** Whether words said beside a packet ask for planned work: they hold every word that carries its TASK. */
export function asksFor({ task }: Packet, words: string): boolean {
  const wanted = meaning(task).split(' ');
  const said = new Set(meaning(words).split(' '));
  return wanted.length >= fewestWords && wanted.every((word) => said.has(word));
}

/** Fewer come together by chance. */
const fewestWords = 3;

function distinctive({ doneWhen }: Packet): ReadonlySet<string> {
  return new Set(doneWhen.map(meaning).filter((done) => done.split(' ').some((word) => !common.has(word))));
}

/** The words that carry it, each once and in one order. */
function meaning(text: string): string {
  const words =
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const kept = words.filter((word) => !filler.has(word));
  return [...new Set(kept.length > 0 ? kept : words)].sort().join(' ');
}
