/** One line of the table. */
export interface Figure {
  readonly what: string;
  readonly ours: string;
  /** What the machine itself gives for the same, measured in the same run; empty where there is no such thing. */
  readonly floor: string;
  readonly target: string;
  /** Absent where there is no target. A time that is missed is shown; it does not fail the run. */
  readonly holds?: boolean;
  /** Something was lost, done twice or went wrong: that fails the run. */
  readonly broken?: boolean;
}

/** How much time a run may take; `seconds` is that of the crowd and of the attack. */
export interface Effort {
  readonly seconds: number;
  readonly kills: number;
  readonly flips: number;
  readonly pairs: number;
}

export type Topic = (effort: Effort) => Promise<readonly Figure[]>;

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, ours, floor, target, holds, broken }) => [
    what,
    ours,
    floor === '' ? '—' : floor,
    target,
    broken === true ? '✗' : holds === undefined ? '' : holds ? '✓' : '✗',
  ]);
  const lines = [
    ['what', 'ours', 'floor, same run', 'target', ''],
    ['---', '---', '---', '---', '---'],
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
