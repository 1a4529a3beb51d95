import { short } from '../core/labels.ts';
import { visible } from '../core/views/visible.ts';

/** An agent's words for a row of a tree: one line, nothing hidden. */
export function forRow(text: string, most = 100): string {
  return short(visible(text), most);
}

/** The same for quick picks and the status bar, which draw `$(name)` as an icon. */
export function forPick(text: string, most = 100): string {
  return forRow(text, most).replaceAll(/\$\((?=[A-Za-z0-9-]+(?:~[A-Za-z]+)?\))/g, '\\$(');
}

/** The same for messages, which draw `[words](address)` as a link. */
export function forMessage(text: string, most = 300): string {
  return short(visible(text), most).replaceAll('](', '] (');
}

/** The same for the tab of a document, whose path it is a part of. */
export function forTab(text: string): string {
  return visible(text)
    .replaceAll(/[\\/:*?"<>|\s]+/g, ' ')
    .slice(0, 60);
}
