import * as z from 'zod';

const words = z.string().catch('');

const answerParts = {
  state: z.enum(['answered', 'open', 'returned', 'moot']),
  chosen: z.string().optional(),
  rationale: z.string().optional(),
  constraints: z.string().optional(),
  next_step: z.string().optional(),
};

/** The answer to `get_answer`. */
export const answer = z.object(answerParts);
export type Answer = z.output<typeof answer>;

/** The answer to `ask_question`. */
export const ticket = z.object({ question: z.int() });

/** The answer to `get_task`, as far as this worker reads it. */
export const assignment = z.object({
  task: z.string().nullish(),
  standing: z.enum(['new', 'working', 'in-review', 'returned', 'none']),
  packet: z
    .object({ task: z.string(), scope: z.array(z.string()), done_when: z.array(z.string()) })
    .optional(),
  rejection: z.object({ reason: words, missing: words, next: words }).optional(),
  folders: z.array(z.object({ name: z.string(), path: z.string() })).default([]),
  todos: z.array(z.int()).default([]),
  earlier_items: z.array(z.object({ todo: z.int(), words: z.string() })).default([]),
  questions: z.array(z.object({ question: z.int(), asked: words })).default([]),
  /** What the user said, while it stands (T2). */
  instructions: z.array(z.object({ words })).default([]),
  last_verdict: z.object({ result: z.int(), verdict: words }).optional(),
});
export type Assignment = z.output<typeof assignment>;

/** A task that there is something to do for. */
export interface Task {
  readonly name: string;
  readonly packet: NonNullable<Assignment['packet']>;
  readonly rejection: Assignment['rejection'];
  /** Where it is worked on, if not where this program was started. */
  readonly folder: string | undefined;
  readonly todos: readonly number[];
  readonly earlierItems: Assignment['earlier_items'];
  readonly questions: Assignment['questions'];
}

/** The task that waits for this worker's hands, if one does. */
export function taskToDo(given: Assignment): Task | undefined {
  const { task, standing, packet } = given;
  if (!task || packet === undefined || standing === 'none' || standing === 'in-review') return undefined;
  return {
    name: task,
    packet,
    rejection: given.rejection,
    folder: given.folders.length === 1 ? given.folders[0]?.path : undefined,
    todos: given.todos,
    earlierItems: given.earlier_items,
    questions: given.questions,
  };
}

/** Whether the task came back after a rejection: its epoch, the number behind the dot, is past the first. */
export function isReturned(task: string): boolean {
  return Number(task.split('.')[1] ?? 1) > 1;
}
