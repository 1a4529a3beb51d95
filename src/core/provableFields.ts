import { longestText, type Flaw, type PacketDraft } from '../contract/packets.ts';
import { namesObservable, vaguePlaces, type VaguePlace } from './measured.ts';
import { isBlank, tidy, withoutEnd } from './plainText.ts';
import { firstCommand, readVerify, verifyFault } from './verifyLine.ts';

/** What proves the work of this packet, as words for a DONE-WHEN. */
const proofOf = (draft: PacketDraft): string =>
  `\`${firstCommand(draft.verify) ?? 'npm test'}\` exits with code 0`;

/** True where a field of several lines is absent or holds nothing. */
export const isBlankField = (entries: readonly string[] | undefined): boolean =>
  !entries?.some((entry) => !isBlank(entry));

/** The first DONE-WHEN of a draft that can be checked as it stands. */
function firstProvable(draft: PacketDraft): string | undefined {
  return (draft.doneWhen ?? [])
    .map(tidy)
    .find(
      (entry) =>
        entry.length < 300 &&
        !entry.includes('\n') &&
        namesObservable(entry) &&
        vaguePlaces(entry, 'DONE-WHEN').length === 0,
    );
}

/** The text with a proof behind each sentence that has a vague place. */
function mended(text: string, places: readonly VaguePlace[], proof: string): string {
  const starts = new Map(places.map(({ sentence }) => [sentence.from, sentence]));
  let better = text;
  for (const sentence of [...starts.values()].sort((a, b) => b.from - a.from)) {
    const words = text.slice(sentence.from, sentence.to);
    const body = withoutEnd(words);
    const space = words.slice(words.trimEnd().length);
    better = `${better.slice(0, sentence.from)}${body}: ${proof}.${space}${better.slice(sentence.to)}`;
  }
  return better.slice(0, longestText);
}

/** P4: TASK says what is to be different, and no vague word of it stands alone. */
export function taskFlaws(draft: PacketDraft): readonly Flaw[] {
  const field = 'TASK';
  const condition = firstProvable(draft);
  if (draft.task === undefined || isBlank(draft.task)) {
    const better = `Make this true: ${condition ?? proofOf(draft)}`;
    return [{ field, words: '', why: 'TASK is missing; say what is to be done, in one sentence.', better }];
  }
  const task = tidy(draft.task);
  const places = vaguePlaces(task, 'TASK');
  if (places.length > 0) {
    const proof = withoutEnd(condition ?? proofOf(draft));
    const sure = vaguePlaces(mended(task, places, proof), 'TASK').length === 0 ? proof : proofOf(draft);
    const better = mended(task, places, sure);
    return [...new Set(places.map(({ words }) => words))].map((words) => {
      const why = `"${words}" names no end that anybody could check; say what is to be different, or how it is measured.`;
      return { field, words, why, better };
    });
  }
  const words = task.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  if (words >= 2 || namesObservable(task)) return [];
  // Scripts without spaces between words hold a sentence in what counts as one word here.
  if (
    words === 1 &&
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u.test(task) &&
    task.length >= 6
  )
    return [];
  const better = `${withoutEnd(task)}: make this true: ${condition ?? proofOf(draft)}`;
  return [{ field, words: task, why: 'TASK does not say what is to be done with it.', better }];
}

/** P4: each DONE-WHEN names something observable. */
export function doneWhenFlaws(draft: PacketDraft): readonly Flaw[] {
  const field = 'DONE-WHEN';
  const proof = proofOf(draft);
  if (isBlankField(draft.doneWhen)) {
    return [
      {
        field,
        words: '',
        why: 'DONE-WHEN is missing; say what can be seen when the work is done.',
        better: proof,
      },
    ];
  }
  return (draft.doneWhen ?? []).flatMap((entry): Flaw[] => {
    const text = tidy(entry);
    if (isBlank(text)) return [{ field, words: text, why: 'A line of DONE-WHEN is blank.', better: proof }];
    const places = vaguePlaces(text, field);
    const better = mended(text, places, proof);
    if (places.length > 0) {
      return [...new Set(places.map(({ words }) => words))].map((words) => {
        const why = `"${words}" cannot be checked as it stands; say what is seen, printed or counted.`;
        return { field, words, why, better };
      });
    }
    if (namesObservable(text)) return [];
    const why =
      'It names nothing that can be observed: a path, a command, a number, a name in backticks or quoted text.';
    return [
      {
        field,
        words: text,
        why,
        better: isBlank(withoutEnd(text)) ? proof : `${withoutEnd(text)}: ${proof}`,
      },
    ];
  });
}

/** P4: VERIFY holds commands, or lines that say what is to be seen. */
export function verifyFlaws(draft: PacketDraft): readonly Flaw[] {
  const field = 'VERIFY';
  const condition = firstProvable(draft);
  const quoted = (draft.doneWhen ?? []).flatMap((entry) =>
    [...entry.matchAll(/`([^`\n]{3,200})`/g)].map((match) => match[1] ?? ''),
  );
  const command = quoted.find((text) => /\s/.test(text) && verifyFault(text) === undefined);
  const better = command ?? (condition === undefined ? 'npm test' : `by eye: ${condition}`);
  if (isBlankField(draft.verify)) {
    return [
      {
        field,
        words: '',
        why: 'VERIFY is missing; give a command, or "by eye:" and what is to be seen.',
        better,
      },
    ];
  }
  return readVerify(draft.verify ?? []).flatMap((words) => {
    const fault = verifyFault(words);
    return fault === undefined ? [] : [{ field, words, why: fault.why, better: fault.better ?? better }];
  });
}
