import type { CommandId } from '../ids.ts';

/** One row of a tree, as words: what VS Code draws of it is made elsewhere. */
export interface Row {
  /** Unique in its tree, and the same for the same thing after every change. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon: string;
  readonly colour?: string;
  /** Words that menus look for with `viewItem =~ /\bword\b/`. */
  readonly context: string;
  /** What a screen reader says in place of label and description. */
  readonly spoken: string;
  readonly tooltip?: () => string;
  readonly open?: { readonly command: CommandId; readonly argument: object };
  /** What a command gets that is chosen from this row's menu. */
  readonly argument?: object;
  readonly children?: (most: number) => Page;
  readonly collapsed?: boolean;
}

/** The first rows of a group, and how many follow. */
export interface Page {
  readonly rows: readonly Row[];
  readonly left: number;
}

/** How many rows a group shows at first, and how many more each time. */
export const pageSize = 200;

export function paged<T>(things: readonly T[], most: number, row: (thing: T) => Row): Page {
  return { rows: things.slice(0, most).map(row), left: Math.max(things.length - most, 0) };
}

export function moreRow(group: string, left: number): Row {
  const next = Math.min(left, pageSize);
  const label = `Show ${next} more of ${left}`;
  return {
    id: `${group}/more`,
    label,
    icon: 'ellipsis',
    context: 'more',
    spoken: label,
    open: { command: 'lockkeeper.showMore', argument: { group } },
  };
}

/** Everything of a row that is seen, so that only what changed is drawn anew. */
export function faceOf(row: Row): string {
  return JSON.stringify([
    row.label,
    row.description,
    row.icon,
    row.colour,
    row.context,
    row.spoken,
    row.open,
    row.argument,
  ]);
}
