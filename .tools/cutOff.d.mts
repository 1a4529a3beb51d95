/** What goes before a program to run it with no way out; undefined where the system has none. */
export function cutOff(root: string, scratch: string): readonly string[] | undefined;
