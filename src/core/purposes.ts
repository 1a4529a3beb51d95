/** T6: the purposes of a TASK, each a TASK of its own; one entry where it has a single purpose. */
export function purposesOf(task: string): readonly string[] {
  return [task];
}
