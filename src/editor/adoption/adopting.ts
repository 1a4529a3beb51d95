import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import type { Orphan } from '../../desk/orphans.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import { age } from '../ages.ts';
import { confirmed, pickStop, walk } from '../asking/walk.ts';
import { forMessage, forPick } from '../inert.ts';
import { titles } from '../prompts.ts';
import type { Room } from '../room.ts';
import { adoption as words } from './prompts.ts';

const adopting = z.object({ orphan: z.optional(z.string()) });
type Adopting = z.output<typeof adopting>;

/** Takes in the journal of a folder that is gone, because this is that folder. The user's alone; it ends in a modal. */
export function adoptJournal(room: Room): Action {
  return action(adopting, async (given) => {
    if (room.shut) return refused(room.shut);
    if (room.state.seq > 0) return refused(refusal('not-empty', words.notEmpty, words.notEmptyNext));
    const orphans = await room.house.orphans.find();
    if (orphans.length === 0) return refused(refusal('no-orphan', words.none, words.noneNext));
    const draft = await walk<Adopting>(titles.adopt, given, [
      pickStop('orphan', () => ({
        placeholder: words.which,
        choices: orphans.map((orphan) => ({
          label: forPick(orphan.holds.objective ?? words.unknown, 60),
          description: forPick(words.holds(holdsOf(orphan))),
          detail: forPick(orphan.home, 200),
          value: orphan.place,
        })),
      })),
    ]);
    const chosen = orphans.find(({ place }) => place === draft?.orphan);
    if (!draft) return cancelled;
    if (!chosen) return refused(refusal('no-orphan', words.none, words.noneNext));
    const detail = words.detail(forMessage(chosen.holds.objective ?? words.unknown), holdsOf(chosen));
    if (!(await confirmed(words.confirm(forMessage(chosen.home, 200)), detail))) return cancelled;
    const trouble = await room.house.orphans.adopt(chosen);
    return trouble ? refused(trouble) : said(words.done);
  });
}

const declinedKey = 'notThisOne';

/**
 * Looks, once the window stands, whether a folder that is gone may be this one. `tell` hears how many there are;
 * the likeliest is offered in a message, unless the person has said of it that it is not this one.
 */
export async function offerAdoption(room: Room, tell: (count: number) => void): Promise<void> {
  if (room.shut || room.state.seq > 0) return;
  const orphans = await room.house.orphans.find();
  tell(orphans.length);
  const { workspaceState } = room.house.context;
  const declined = workspaceState.get<readonly string[]>(declinedKey, []);
  const [likely] = orphans.filter(({ isLikely, place }) => isLikely && !declined.includes(place));
  if (!likely || room.state.seq > 0) return;
  const offer = words.offer(
    forMessage(likely.holds.objective ?? words.unknown, 120),
    forMessage(likely.home, 200),
    holdsOf(likely),
  );
  const pressed = await vscode.window.showInformationMessage(offer, words.adopt, words.notThisOne);
  if (pressed === words.adopt) {
    await vscode.commands.executeCommand('lockkeeper.adoptJournal', { orphan: likely.place });
  } else if (pressed === words.notThisOne) {
    await workspaceState.update(declinedKey, [...declined, likely.place]);
  }
}

function holdsOf({ holds, host }: Orphan): Parameters<typeof words.holds>[0] {
  const { todos, lastAt, isOpen } = holds;
  return { todos, isOpen, last: lastAt === undefined ? undefined : age(lastAt, Date.now()), host };
}
