import type { SessionUpdate } from '@agentclientprotocol/sdk';

/** What a person reads in the terminal of what an agent says and does; nothing in it moves the cursor or rings. */
export function shownOf(update: SessionUpdate): string {
  switch (update.sessionUpdate) {
    case 'agent_message_chunk':
      return update.content.type === 'text' ? plain(update.content.text) : '';
    case 'tool_call_update':
      return update.status === 'failed' ? `  failed${update.title ? `: ${plain(update.title)}` : ''}\n` : '';
    case 'plan':
      return `\n${update.entries.map(({ status, content }) => `- ${plain(content)} (${status})\n`).join('')}`;
    default:
      return '';
  }
}

/** Text of an agent without what a terminal would act on. */
export function plain(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]|[\u200b-\u200f\u2028-\u202e\u2066-\u2069]/gu, '?');
}
