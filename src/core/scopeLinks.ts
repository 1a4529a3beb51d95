import { refuse, type Decision } from './decision.ts';
import type { Territory } from './territory.ts';

/** P7: one file has one name. An entry that leads through a link would hold files that others know under another. */
export function linkedWithin({ areas, workspace }: Territory): Decision | undefined {
  const linked = areas.flatMap(({ scope }) => scope).find((entry) => workspace.linked[entry] !== undefined);
  if (linked === undefined) return undefined;
  const to = workspace.linked[linked] ?? '';
  return to === ''
    ? refuse(
        'scope-linked',
        `\`${linked}\` leads through a link out of its folder.`,
        'Name what is in the folder itself; edit the TODO first.',
      )
    : refuse(
        'scope-linked',
        `\`${linked}\` leads through a link to \`${to}\`, and a file has one name here.`,
        `Write \`${to}\` in SCOPE; edit the TODO first.`,
      );
}
