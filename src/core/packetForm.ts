import type { Flaw, Packet, PacketDraft } from '../contract/packets.ts';
import { bareWord, isBlank, linesOf, strayCharacter, tidy, withoutStrayCharacters } from './plainText.ts';
import { folderWanted, isFolderless } from './folders.ts';
import { doneWhenFlaws, isBlankField, taskFlaws, verifyFlaws } from './provableFields.ts';
import { readScopeEntry, scopeFault } from './scopeEntry.ts';
import { readVerify } from './verifyLine.ts';

const priorities = ['high', 'normal', 'low'] as const;
const mostLines = 200;
const mostFlaws = 20;
/** Characters of a whole packet. Nobody reads more before a yes, and each check reads every one of them. */
const mostCharacters = 10_000;

const scopeLines = (draft: PacketDraft): readonly string[] => (draft.scope ?? []).flatMap(linesOf);

function scopeFlaws(draft: PacketDraft, folders: readonly string[], whole: boolean): readonly Flaw[] {
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
    const entry = readScopeEntry(words);
    const fault =
      scopeFault(entry, whole) ??
      (isFolderless(entry, folders) ? folderWanted(field, entry, folders) : undefined);
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

function priorityFlaws(draft: PacketDraft): readonly Flaw[] {
  const said: unknown = draft.priority;
  if (priorities.some((known) => known === said)) return [];
  const words = typeof said === 'string' ? said : '';
  const urgent = /^(?:urgent|critical|highest|blocker|asap|p0|p1|major|1)$/i.test(words.trim());
  const minor = /^(?:lowest|minor|trivial|someday|p3|p4|3)$/i.test(words.trim());
  const why = words === '' ? 'PRIORITY is missing; it has no default.' : 'PRIORITY is high, normal or low.';
  return [{ field: 'PRIORITY', words, why, better: urgent ? 'high' : minor ? 'low' : 'normal' }];
}

const blankRun = /\n(?:[^\S\n]*\n){20}/;

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
      if (found === undefined && blankRun.test(entry)) {
        const better = entry.replaceAll(/\n\s*\n/g, '\n\n');
        return [{ field, words: entry, why: 'Many blank lines hide what stands behind them.', better }];
      }
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

/** Asked before anything else looks at the words. */
function bulkFlaw(draft: PacketDraft): Flaw | undefined {
  const fields = [
    ['TASK', [draft.task ?? '']],
    ['SCOPE', draft.scope ?? []],
    ['NOT-YOUR-JOB', draft.notYourJob ?? []],
    ['DONE-WHEN', draft.doneWhen ?? []],
    ['VERIFY', draft.verify ?? []],
  ] as const;
  const sizes = fields.map(([field, lines]) => ({
    field,
    size: lines.join('').length,
  }));
  const all = sizes.reduce((sum, { size }) => sum + size, 0);
  if (all <= mostCharacters) return undefined;
  const { field, size } = sizes.reduce((most, one) => (one.size > most.size ? one : most));
  return {
    field,
    words: '',
    why: `The packet holds ${String(all)} characters, ${String(size)} of them here; at most ${String(mostCharacters)} are taken. Put what is long into a file of the project, and name the file.`,
    better: field === 'SCOPE' ? 'src/login/**' : 'As `docs/login.md` says in full.',
  };
}

/**
 * P4: a packet with its six fields, each measurable and bounded, or each flaw with a form that would pass. `whole`:
 * the user's word that SCOPE may be the whole workspace.
 */
export function checkPacket(
  draft: PacketDraft,
  folders: readonly string[] = [],
  whole = false,
): { readonly packet: Packet } | { readonly flaws: readonly Flaw[] } {
  const bulk = bulkFlaw(draft);
  if (bulk) return { flaws: [bulk] };
  const stray = strayFlaws(draft);
  const unclean = new Set(stray.map(({ field }) => field));
  const found = [taskFlaws, scopeFlaws, notYourJobFlaws, doneWhenFlaws, verifyFlaws, priorityFlaws].flatMap(
    (check) => check(draft, folders, whole).slice(0, mostFlaws),
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
