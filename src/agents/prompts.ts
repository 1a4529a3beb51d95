import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';
import type { GetPromptResult, Prompt } from '@modelcontextprotocol/server';
import { blanks, filled, type Playbook } from '../core/playbook.ts';
import { visible } from '../core/views/visible.ts';
import type { Caller, Room } from './call.ts';
import { rulePrompt, rulePrompts } from './rulePrompts.ts';

const says: Readonly<Record<(typeof blanks)[number], string>> = {
  bug: 'What is wrong, in a line',
  file: 'The file it is in',
  test: 'The file of its test',
  command: 'The command that shows it',
};

/** The rules of a seat; P9: each playbook for who leads. A worker has none of these, for its packet says what it does. */
export async function promptsFor({ playbooks }: Room, { holder }: Caller): Promise<Prompt[]> {
  const rules = rulePrompts(holder.seat);
  if (holder.seat === 'worker') return rules;
  const books = (await playbooks()).map(({ name, title, summary, folder }) => ({
    name,
    title,
    description: folder === undefined ? summary : `${summary} (from this workspace: ${folder})`,
    arguments: blanks.map((blank) => ({ name: blank, description: says[blank], required: blank === 'bug' })),
  }));
  return [...rules, ...books];
}

export async function getPrompt(
  room: Room,
  { holder }: Caller,
  name: string,
  given: Readonly<Record<string, string>>,
): Promise<GetPromptResult> {
  const rules = rulePrompt(holder.seat, name);
  if (rules) return said(rules.title, rules.text);
  const found =
    holder.seat === 'worker' ? undefined : (await room.playbooks()).find((one) => one.name === name);
  if (!found) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is no such prompt.');
  const { bug = '' } = given;
  if (bug.trim() === '')
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'The argument bug is missing: what is wrong.');
  return said(found.title, promptText(found, given, bug));
}

function said(description: string, text: string): GetPromptResult {
  return { description, messages: [{ role: 'user', content: { type: 'text', text } }] };
}

function promptText(playbook: Playbook, given: Readonly<Record<string, string>>, bug: string): string {
  return [
    `Lead the work on this bug by the playbook below: ${visible(bug)}`,
    'Put its TODO into debug mode (debug_mode), describe what reproduces it (describe_bug), and dispatch packets as the',
    'playbook has them: each with add_todo, its fields mended to this case.',
    '',
    visible(filled(playbook.text, given)),
  ].join('\n');
}
