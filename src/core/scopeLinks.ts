import { refuse, type Decision } from './decision.ts';
import type { Territory } from './territory.ts';

/**
 * P7: one file has one name. An entry that leads through a link would hold files that others know under another.
 * `first` is what whoever writes it again has to do before.
 */
export function linkedWithin({ areas, workspace }: Territory, first = ''): Refused | undefined {
  const linked = areas.flatMap(({ scope }) => scope).find((entry) => workspace.linked[entry] !== undefined);
  return linked === undefined ? undefined : linkedTo(linked, workspace.linked[linked] ?? '', first);
}

/** The same of one entry, by where it leads; '' is out of its folder. */
export function linkedTo(entry: string, to: string, first = ''): Refused {
  const decision =
    to === ''
      ? refuse(
          'scope-linked',
          `\`${entry}\` leads through a link out of its folder.`,
          `Name what is in the folder itself${first}.`,
        )
      : refuse(
          'scope-linked',
          `\`${entry}\` leads through a link to \`${to}\`, and a file has one name here.`,
          `Write \`${to}\` in its place${first}.`,
        );
  return decision;
}

type Refused = Extract<Decision, { refusal: unknown }>;
