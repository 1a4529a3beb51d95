import type { Flaw, Packet, PacketDraft } from '../contract/packets.ts';
import { isBlank, tidy } from './plainText.ts';

/** P4: a packet with its six fields, each measurable and bounded, or each flaw with a form that would pass. */
export function checkPacket(
  draft: PacketDraft,
): { readonly packet: Packet } | { readonly flaws: readonly Flaw[] } {
  const { priority } = draft;
  const flaws: Flaw[] = [];
  const need = (field: string, missing: boolean): void => {
    if (missing) flaws.push({ field, words: '', why: `${field} is missing.`, better: '' });
  };
  const empty = (lines: readonly string[] | undefined): boolean => !lines?.some((line) => !isBlank(line));
  need('TASK', isBlank(draft.task));
  need('SCOPE', empty(draft.scope));
  need('NOT-YOUR-JOB', empty(draft.notYourJob));
  need('DONE-WHEN', empty(draft.doneWhen));
  need('VERIFY', empty(draft.verify));
  need('PRIORITY', priority === undefined);
  if (flaws.length > 0 || priority === undefined) return { flaws };
  const keep = (lines: readonly string[] | undefined): string[] => (lines ?? []).map(tidy);
  return {
    packet: {
      task: tidy(draft.task ?? ''),
      scope: keep(draft.scope),
      notYourJob: keep(draft.notYourJob),
      doneWhen: keep(draft.doneWhen),
      verify: keep(draft.verify),
      priority,
    },
  };
}
