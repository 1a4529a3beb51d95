import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { refusal } from '../../contract/refusal.ts';
import { parsePacket } from '../../contract/text/packetParse.ts';
import { blanks, filled, type Filling } from '../../core/playbook.ts';
import type { KeptPlaybook, Playbooks } from '../../files/playbooks.ts';
import { action, cancelled, refused, said, type Action } from '../action.ts';
import type { Choice } from '../asking/box.ts';
import { needed, roleStop } from '../asking/stops.ts';
import { pickStop, textStop, walk, type Stop } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import type { PacketDesk } from '../packets/packetDesk.ts';
import type { Room } from '../room.ts';
import { playbookAsks as asks } from './sentences.ts';

type Chosen = KeptPlaybook | Playbooks['bad'][number];
interface Adding extends Filling {
  readonly playbook?: Chosen | undefined;
  /** The place of the packet in the playbook; −1 to read the playbook. */
  readonly packet?: number | undefined;
  readonly role?: string | undefined;
}

const isUsable = (chosen: Chosen | undefined): chosen is KeptPlaybook =>
  chosen !== undefined && 'packets' in chosen;

/** P9: a packet as a playbook has it, with what is known of the bug in it; its TODO is in debug mode. */
export function addFromPlaybook(room: Room, packets: PacketDesk): Action {
  return action(z.object({}), async () => {
    if (room.shut) return refused(room.shut);
    const found = await room.house.playbooks();
    const isPacket = ({ playbook, packet = -1 }: Adding): boolean => isUsable(playbook) && packet >= 0;
    const draft = await walk<Adding>(asks.title, {}, [
      pickStop<Adding, 'playbook'>('playbook', () => ({
        placeholder: asks.playbook,
        choices: playbookChoices(found),
      })),
      pickStop<Adding, 'packet'>(
        'packet',
        ({ playbook }) => ({ placeholder: asks.packet, choices: packetChoices(playbook) }),
        ({ playbook }) => isUsable(playbook),
      ),
      ...blanks.map((blank): Stop<Adding> => ({
        ...textStop<Adding, typeof blank>(
          blank,
          { ...asks.blanks[blank], ...(blank === 'bug' ? { flaw: needed('It') } : {}) },
          (text) => text,
        ),
        when: (known) => isPacket(known) && textOf(known).includes(`{${blank}}`),
      })),
      { ...roleStop<Adding>(() => room.state), when: isPacket },
    ]);
    const playbook = draft?.playbook;
    if (!draft || !playbook) return cancelled;
    if (!isUsable(playbook)) return refused(badPlaybook(playbook.name, playbook.why));
    if (!isPacket(draft)) {
      await vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.file(playbook.path));
      return said(asks.opened);
    }
    const text = filled(textOf(draft), draft);
    const key = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const { role = '' } = draft;
    const debug = `By the playbook “${playbook.title}”`;
    return packets.open({ kind: 'add', role, debug, playbook: key }, [parsePacket(text).draft]);
  });
}

function textOf({ playbook, packet = -1 }: Adding): string {
  return isUsable(playbook) ? (playbook.packets[packet]?.text ?? '') : '';
}

function playbookChoices({ playbooks, bad }: Playbooks): readonly Choice<Chosen>[] {
  return [
    ...playbooks.map((one) => ({
      label: forPick(one.title, 100),
      description: one.folder === undefined ? asks.shipped : asks.own(forPick(one.name, 60)),
      detail: forPick(one.summary, 200),
      value: one,
    })),
    ...bad.map((one) => ({
      label: forPick(one.name, 100),
      description: asks.bad,
      detail: forPick(one.why, 200),
      value: one,
    })),
  ];
}

function packetChoices(playbook: Chosen | undefined): readonly Choice<number>[] {
  const packets = isUsable(playbook) ? playbook.packets : [];
  return [
    ...packets.map(({ title, text }, value) => ({
      label: forPick(title, 100),
      detail: forPick(text.split('\n', 1)[0] ?? '', 160),
      value,
    })),
    { label: asks.read, value: -1 },
  ];
}

const badPlaybook = (name: string, why: string) =>
  refusal(
    'playbook-bad',
    `${forPick(name, 120)} cannot be used: ${forPick(why, 200)}.`,
    'Mend the file, and choose again.',
  );
