import * as z from 'zod/mini';
import type { Act } from '../../contract/acts.ts';
import { because } from '../../contract/because.ts';
import type { PacketDraft } from '../../contract/packets.ts';
import { workerName } from '../../core/labels.ts';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { packetForm } from '../../contract/text/packetText.ts';
import { folded } from '../../core/views/folded.ts';
import { visible } from '../../core/views/visible.ts';
import { sent } from '../byHand/sentences.ts';
import { forTab } from '../inert.ts';
import { planDocument } from '../replan/planDocument.ts';
import { document as replan } from '../replan/sentences.ts';
import { packets as words } from '../surfaceWords.ts';

const n = z.int().check(z.minimum(1));

/** What a packet is written for. It rides in the document's address, so that it outlives a reload. */
export const topic = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('reconcile'),
    todo: n,
    role: z.string(),
    worker: z.optional(n),
    before: z.optional(n),
    toEnd: z.optional(z.boolean()),
  }),
  z.object({
    kind: z.literal('edit'),
    todo: n,
    role: z.string(),
    worker: z.optional(n),
    /** Which packet is edited, so that a draft of an older one is not taken for it. */
    base: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('split'), todo: n, role: z.optional(z.string()) }),
  /** `debug`: why it is in debug mode; `playbook`: by which it was begun, told apart from what is written already. */
  z.object({
    kind: z.literal('add'),
    role: z.string(),
    because: z.optional(because),
    debug: z.optional(z.string()),
    playbook: z.optional(z.string()),
  }),
  z.object({ kind: z.literal('step'), title: z.string(), role: z.string() }),
  /**
   * `base`: which plan and list it is about, so that a draft of older ones is not taken for it. `found` tells what
   * was taken into it, and `name` where from.
   */
  z.object({
    kind: z.literal('replan'),
    base: z.string(),
    instruction: z.optional(n),
    found: z.optional(z.string()),
    name: z.optional(z.string()),
  }),
  /** `key` tells one text of a worker from the next. */
  z.object({
    kind: z.literal('sent'),
    dispatch: n,
    worker: n,
    name: z.string(),
    todos: z.string(),
    key: z.string(),
  }),
]);
export type Topic = z.output<typeof topic>;
export type PacketTopic = Exclude<Topic, { kind: 'sent' }>;

/** With it VS Code would take the document for Markdown. */
const extension = /\.[^./\\]*$/;

/** The title of the document's tab. */
export function topicTitle(about: Topic): string {
  switch (about.kind) {
    case 'reconcile':
      return words.title.reconcile(about.todo);
    case 'edit':
      return words.title.edit(about.todo);
    case 'split':
      return words.title.split(about.todo);
    case 'add':
      return words.title.add;
    case 'step':
      return words.title.step(forTab(about.title));
    case 'replan':
      return about.name === undefined
        ? replan.title
        : replan.titleFrom(forTab(about.name.replace(extension, '')));
    case 'sent':
      return sent.title(forTab(about.name), about.todos);
  }
}

/** Whether the document holds several packets. */
export function isSeveral(about: Topic): boolean {
  return about.kind === 'split' || about.kind === 'step';
}

/** The document as it is first opened: what to do, the worker's own words, then the form. */
export function packetDocument(state: State, about: Topic, drafts: readonly PacketDraft[]): string {
  if (about.kind === 'replan') return planDocument(state);
  const todo = 'todo' in about ? at(state.todos, about.todo) : undefined;
  const left = (todo?.sources ?? []).flatMap((source) => [
    words.words(workerName(state, source.worker), source.result),
    ...folded(visible(source.words))
      .split('\n')
      .map((line) => `    > ${line}`),
  ]);
  const head = [...words.intro, ...(isSeveral(about) ? [words.several] : []), ...left];
  const forms = drafts.map((draft) => packetForm(draft).split('\n').map(unmasked).join('\n'));
  return `${visible(head.join('\n'))}\n\n${forms.join('\n\n---\n\n')}\n`;
}

/** Letters that pass for others, as the text form escapes what nobody sees: read again they are what they were. */
function unmasked(line: string): string {
  const shown = visible(line);
  if (shown === line) return line;
  const [, head = '', body = ''] = /^((?:[A-Z-]+: |- )?)(.*)$/su.exec(line) ?? [];
  return body.startsWith('\\ ') ? shown : `${head}\\ ${visible(body.replace(/\\(?=u\{)/g, '\\u{5c}'))}`;
}

/** The act that a complete document asks for. */
export function packetAct(
  about: Exclude<PacketTopic, { kind: 'replan' }>,
  drafts: readonly PacketDraft[],
): Act {
  const packet = drafts[0] ?? {};
  switch (about.kind) {
    case 'reconcile': {
      const { todo, role, worker, before } = about;
      return {
        type: 'reconcile',
        todo,
        packet,
        role,
        ...(worker === undefined ? {} : { worker }),
        ...(before === undefined ? {} : { before }),
      };
    }
    case 'edit': {
      const { todo, role, worker } = about;
      return { type: 'edit-todo', todo, packet, role, ...(worker === undefined ? {} : { worker }) };
    }
    case 'split': {
      const { todo, role } = about;
      return { type: 'split-todo', todo, parts: [...drafts], ...(role === undefined ? {} : { role }) };
    }
    case 'add': {
      const { role, because: why, debug } = about;
      return {
        type: 'add-todo',
        packet,
        role,
        ...(why === undefined ? {} : { because: why }),
        ...(debug === undefined ? {} : { debug }),
      };
    }
    case 'step':
      return { type: 'add-step', title: about.title, role: about.role, tasks: [...drafts] };
  }
}
