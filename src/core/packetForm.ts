import { longestText, type Flaw, type Packet, type PacketDraft } from '../contract/packets.ts';
import { namesObservable, vaguePlaces, type VaguePlace } from './measured.ts';
import { bareWord, isBlank, linesOf, strayCharacter, tidy, withoutStrayCharacters } from './plainText.ts';
import { readScopeEntry, scopeFault } from './scopeEntry.ts';
import { firstCommand, readVerify, verifyFault } from './verifyLine.ts';

const priorities = ['high', 'normal', 'low'] as const;

/** What proves the work of this packet, as words for a DONE-WHEN. */
const proofOf = (draft: PacketDraft): string =>
  `\`${firstCommand(draft.verify) ?? 'npm test'}\` exits with code 0`;

const mostLines = 200;
const mostFlaws = 20;

const scopeLines = (draft: PacketDraft): readonly string[] => (draft.scope ?? []).flatMap(linesOf);
const isBlankField = (entries: readonly string[] | undefined): boolean =>
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

const withoutEnd = (sentence: string): string => sentence.replace(/[\s.:;,!?]+$/, '');

/** The text with a proof behind each sentence that has a vague place. */
function mended(text: string, places: readonly VaguePlace[], proof: string): string {
  const starts = new Map(places.map(({ sentence }) => [sentence.from, sentence]));
  let better = text;
  for (const sentence of [...starts.values()].sort((a, b) => b.from - a.from)) {
    const words = text.slice(sentence.from, sentence.to);
    const body = withoutEnd(words);
    const space = /\s*$/.exec(words.slice(body.length))?.[0] ?? '';
    better = `${better.slice(0, sentence.from)}${body}: ${proof}.${space}${better.slice(sentence.to)}`;
  }
  return better.slice(0, longestText);
}

function taskFlaws(draft: PacketDraft): readonly Flaw[] {
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

function scopeFlaws(draft: PacketDraft): readonly Flaw[] {
  const field = 'SCOPE';
  const named = /(?:^|[\s`(])((?:[\w@.-]+\/)+[\w@.*-]+)/.exec(
    [draft.task ?? '', ...(draft.doneWhen ?? [])].join('\n'),
  )?.[1];
  const better = named !== undefined && scopeFault(named) === undefined ? named : 'src/login/**';
  if (isBlankField(draft.scope)) {
    return [
      { field, words: '', why: 'SCOPE is missing; name the files or folders that may change.', better },
    ];
  }
  return scopeLines(draft).flatMap((words) => {
    const fault = scopeFault(readScopeEntry(words));
    return fault === undefined ? [] : [{ field, words, ...fault }];
  });
}

function notYourJobFlaws(draft: PacketDraft): readonly Flaw[] {
  const field = 'NOT-YOUR-JOB';
  const inside = scopeLines(draft)
    .map(readScopeEntry)
    .filter((entry) => scopeFault(entry) === undefined);
  const better = `Anything outside ${inside.slice(0, 3).join(', ') || 'the SCOPE'}`;
  if (isBlankField(draft.notYourJob)) {
    return [
      { field, words: '', why: 'NOT-YOUR-JOB is missing; say what the worker is to leave alone.', better },
    ];
  }
  return (draft.notYourJob ?? []).flatMap((entry) => {
    const words = tidy(entry);
    if (isBlank(entry)) return [{ field, words, why: 'A line of NOT-YOUR-JOB is blank.', better }];
    if (
      !/^(?:n\/?a|none|nothing|no|nil|-+|tbd|todo|\?+|not applicable|everything else|the rest|anything else|see above)$/.test(
        bareWord(entry),
      )
    )
      return [];
    return [
      {
        field,
        words,
        why: 'This leaves no limit; name at least one thing close by that is to be left alone.',
        better,
      },
    ];
  });
}

function doneWhenFlaws(draft: PacketDraft): readonly Flaw[] {
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

function verifyFlaws(draft: PacketDraft): readonly Flaw[] {
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

function priorityFlaws(draft: PacketDraft): readonly Flaw[] {
  const said: unknown = draft.priority;
  if (priorities.some((known) => known === said)) return [];
  const words = typeof said === 'string' ? said : '';
  const urgent = /^(?:urgent|critical|highest|blocker|asap|p0|p1|major|1)$/i.test(words.trim());
  const minor = /^(?:lowest|minor|trivial|someday|p3|p4|3)$/i.test(words.trim());
  const why = words === '' ? 'PRIORITY is missing; it has no default.' : 'PRIORITY is high, normal or low.';
  return [{ field: 'PRIORITY', words, why, better: urgent ? 'high' : minor ? 'low' : 'normal' }];
}

/** Text that a terminal could obey or that a reader would not see does not get into a packet. */
function strayFlaws(draft: PacketDraft): readonly Flaw[] {
  const texts: readonly (readonly [field: string, texts: readonly string[]])[] = [
    ['TASK', draft.task === undefined ? [] : [draft.task]],
    ['SCOPE', draft.scope ?? []],
    ['NOT-YOUR-JOB', draft.notYourJob ?? []],
    ['DONE-WHEN', draft.doneWhen ?? []],
    ['VERIFY', draft.verify ?? []],
  ];
  return texts.flatMap(([field, entries]) =>
    entries.flatMap((entry): Flaw[] => {
      const found = strayCharacter(tidy(entry));
      if (found === undefined) return [];
      return [
        {
          field,
          words: entry,
          why: `It holds a control character (${found}); only line breaks and tabs may stand there.`,
          better: withoutStrayCharacters(entry),
        },
      ];
    }),
  );
}

function lengthFlaws(draft: PacketDraft): readonly Flaw[] {
  const counts = [
    ['SCOPE', scopeLines(draft)],
    ['VERIFY', readVerify(draft.verify ?? [])],
  ] as const;
  return counts.flatMap(([field, lines]): Flaw[] => {
    if (lines.length <= mostLines) return [];
    const why = `${field} has ${String(lines.length)} lines; at most ${String(mostLines)} are taken.`;
    return [{ field, words: '', why, better: lines.slice(0, mostLines).join('\n') }];
  });
}

/** P4: a packet with its six fields, each measurable and bounded, or each flaw with a form that would pass. */
export function checkPacket(
  draft: PacketDraft,
): { readonly packet: Packet } | { readonly flaws: readonly Flaw[] } {
  const stray = strayFlaws(draft);
  const unclean = new Set(stray.map(({ field }) => field));
  const found = [taskFlaws, scopeFlaws, notYourJobFlaws, doneWhenFlaws, verifyFlaws, priorityFlaws].flatMap(
    (check) => check(draft).slice(0, mostFlaws),
  );
  const flaws = [...stray, ...found.filter(({ field }) => !unclean.has(field)), ...lengthFlaws(draft)];
  const { task, priority } = draft;
  if (flaws.length > 0 || task === undefined || priority === undefined) return { flaws };
  return {
    packet: {
      task: tidy(task),
      scope: scopeLines(draft).map(readScopeEntry),
      notYourJob: (draft.notYourJob ?? []).map(tidy),
      doneWhen: (draft.doneWhen ?? []).map(tidy),
      verify: [...readVerify(draft.verify ?? [])],
      priority,
    },
  };
}
