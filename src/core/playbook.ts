import { visible } from './views/visible.ts';

/** A way to work that somebody wrote down, with packets to send as they stand in it. */
export interface Playbook {
  /** Told apart by it: the file's name without its end; of a workspace's own with the folder before it. */
  readonly name: string;
  readonly title: string;
  /** Its first paragraph, on one line. */
  readonly summary: string;
  readonly text: string;
  readonly packets: readonly { readonly title: string; readonly text: string }[];
  /** The folder of the workspace it lies in; none for one that comes with Lockkeeper. */
  readonly folder?: string;
}

/** What a playbook's text leaves to whoever uses it: `{bug}` and so on. */
export const blanks = ['bug', 'file', 'test', 'command'] as const;
export type Filling = Readonly<Partial<Record<(typeof blanks)[number], string>>>;

const longestTitle = 120;
const longestSummary = 400;
const mostPackets = 20;

/** P9: a playbook out of Markdown, or why it is none. */
export function readPlaybook(name: string, text: string): Playbook | { readonly why: string } {
  const plain = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const title = /^# +(\S.*)$/m.exec(plain)?.[1]?.trim();
  if (title === undefined) return { why: 'it has no title: a first line that begins with "# "' };
  const packets: { title: string; text: string }[] = [];
  let heading = title;
  let within: string[] | undefined;
  const before: string[] = [];
  for (const line of plain.split('\n')) {
    if (within) {
      if (/^```\s*$/.test(line)) {
        packets.push({ title: heading, text: within.join('\n') });
        within = undefined;
      } else within.push(line);
    } else if (/^```packet\s*$/.test(line)) within = [];
    else if (/^#{2,6} /.test(line)) heading = line.replace(/^#+ +(?:Dispatch: +)?/, '').trim();
    else if (heading === title && !line.startsWith('# ')) before.push(line);
  }
  if (within)
    return { why: `the packet below “${short(heading, 60)}” has no end: a line of three backticks` };
  if (packets.length > mostPackets) return { why: `it has more than ${mostPackets} packets` };
  const [summary = ''] = before
    .join('\n')
    .trim()
    .split(/\n\s*\n/);
  return {
    name,
    title: short(title, longestTitle),
    summary: short(summary.replace(/\s+/g, ' '), longestSummary),
    text: plain,
    packets: packets.map((packet) => ({ ...packet, title: short(packet.title, longestTitle) })),
  };
}

/** The text with what is known in the place of its blanks; the others stay. */
export function filled(text: string, filling: Filling): string {
  return text.replace(/\{(bug|file|test|command)\}/g, (blank, name: keyof Filling) => {
    const words = filling[name]?.replace(/\s+/g, ' ').trim();
    return words === undefined || words === '' ? blank : words;
  });
}

function short(text: string, most: number): string {
  const shown = visible(text);
  return shown.length > most ? `${shown.slice(0, most - 1)}…` : shown;
}
