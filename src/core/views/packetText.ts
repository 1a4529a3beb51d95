import type { Packet, Result } from '../../contract/packets.ts';

function field(name: string, value: string | readonly string[]): readonly string[] {
  if (typeof value === 'string') return [`${name}: ${value}`];
  if (value.length === 0) return [`${name}: none`];
  return value.length === 1 ? [`${name}: ${value[0]}`] : [`${name}:`, ...value.map((line) => `- ${line}`)];
}

/** P4: the six fields as text. */
export function packetText(packet: Packet): string {
  return [
    ...field('TASK', packet.task),
    ...field('SCOPE', packet.scope),
    ...field('NOT-YOUR-JOB', packet.notYourJob),
    ...field('DONE-WHEN', packet.doneWhen),
    ...field('VERIFY', packet.verify),
    ...field('PRIORITY', packet.priority),
  ].join('\n');
}

/** T4: a result's own words, still open included. */
export function resultText(result: Result, doneWhen: readonly string[]): string {
  const { planAffected } = result;
  return [
    ...field('OUTCOME', result.outcome),
    ...field('SUMMARY', result.summary),
    ...field(
      'EVIDENCE',
      result.evidence.map(
        (one) => `DONE-WHEN ${one.doneWhen} (${doneWhen[one.doneWhen - 1] ?? ''}): ${one.shows}`,
      ),
    ),
    ...field('FILES CHANGED', result.files),
    ...field('PLAN AFFECTED', planAffected.affected ? `yes: ${planAffected.why}` : 'no'),
    ...field(
      'WHAT IS STILL OPEN',
      result.open.length === 0 ? 'Nothing' : result.open.map(({ words }) => words),
    ),
  ].join('\n');
}
