import { acp } from './acp.ts';
import { byHand } from './byHand.ts';
import { claudeCode } from './claudeCode.ts';
import { codex } from './codex.ts';
import { command } from './command.ts';
import { copilotCli } from './copilotCli.ts';
import { cursor } from './cursor.ts';
import { gemini } from './gemini.ts';
import type { Profile } from './profile.ts';
import { vscode } from './vscode.ts';

/** The agents that are known, in the order in which a person is offered them. Another one is a file more, and its line here. */
export const profiles: readonly Profile[] = [
  claudeCode,
  codex,
  gemini,
  vscode,
  cursor,
  copilotCli,
  acp,
  command,
  byHand,
];

export function profileOf(id: string | undefined): Profile | undefined {
  return profiles.find((one) => one.id === id);
}
