import assert from 'node:assert/strict';
import { packetDraft, type Flaw, type PacketDraft } from '../../../src/contract/packets.ts';
import { checkPacket } from '../../../src/core/packetForm.ts';

export const good: PacketDraft = {
  task: 'Show the delivery date on the order page.',
  scope: ['src/orders/page.tsx'],
  notYourJob: ['The order e-mail'],
  doneWhen: ['`OrderPage` shows "Delivery: 3 May" for order 1001.'],
  verify: ['npm test -- orders'],
  priority: 'normal',
};

export const flawsOf = (draft: PacketDraft): readonly Flaw[] => {
  const checked = checkPacket(draft);
  return 'flaws' in checked ? checked.flaws : [];
};
export const named = (draft: PacketDraft): readonly string[] =>
  flawsOf(draft).map(({ field, words }) => `${field}: ${words}`);

export const partOf = {
  TASK: 'task',
  SCOPE: 'scope',
  'NOT-YOUR-JOB': 'notYourJob',
  'DONE-WHEN': 'doneWhen',
  VERIFY: 'verify',
  PRIORITY: 'priority',
} as const;

/** The draft with the better form in place of the text, or the entry, that holds the flawed words. */
function mended(draft: PacketDraft, flaw: Flaw): PacketDraft {
  const part = partOf[flaw.field as keyof typeof partOf];
  if (part === 'task' || part === 'priority') return packetDraft.parse({ ...draft, [part]: flaw.better });
  const entries = [...(draft[part] ?? [])];
  const at = entries.findIndex((entry) =>
    flaw.words === '' ? entry.trim() === '' : entry.includes(flaw.words),
  );
  entries.splice(at < 0 ? entries.length : at, at < 0 ? 0 : 1, flaw.better);
  return { ...draft, [part]: entries };
}

export function assertBetterForms(draft: PacketDraft): void {
  for (const flaw of flawsOf(draft)) {
    assert.notEqual(flaw.better.trim(), '', `${flaw.field}: ${flaw.words} has no better form`);
    assert.ok(flaw.why.length > 10 && !flaw.why.includes('\n'), flaw.why);
    const left = flawsOf(mended(draft, flaw)).filter(
      ({ field, words }) =>
        field === flaw.field && (words === flaw.words || flaw.better.includes(words)) && words !== '',
    );
    assert.deepEqual(left, [], `${flaw.better} is no better`);
  }
}
