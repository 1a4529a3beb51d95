import * as vscode from 'vscode';
import { refusal } from '../contract/refusal.ts';
import { isCancelled, refused, type Action, type Outcome } from './action.ts';
import { commands, type CommandId } from './ids.ts';

/** Every command with what it does; a forgotten one is a type error. */
export type CommandTable = { readonly [Id in CommandId]: Action };

interface Around {
  /** Gives what the commands do; asked for once, when the first of them is run. */
  readonly load: () => Promise<CommandTable>;
  /** What a command is about when it is called by a menu: a row of a tree, a document. */
  readonly argumentOf: (called: unknown) => unknown;
  /** Hears of each refusal that is not the person's own turning back. */
  readonly onRefused: (outcome: Extract<Outcome, { ok: false }>) => void;
  readonly log: vscode.LogOutputChannel;
}

/** The only place that registers commands. */
export function registerCommands({ load, argumentOf, onRefused, log }: Around): vscode.Disposable {
  let table: Promise<CommandTable> | undefined;
  return vscode.Disposable.from(
    ...commands.map((id) =>
      vscode.commands.registerCommand(id, async (called: unknown): Promise<Outcome> => {
        const argument = argumentOf(called);
        const outcome = await tried(async () => (await (table ??= load()))[id](argument), id, log);
        if (!outcome.ok && !isCancelled(outcome)) onRefused(outcome);
        return outcome;
      }),
    ),
  );
}

async function tried(
  run: () => Promise<Outcome>,
  id: CommandId,
  log: vscode.LogOutputChannel,
): Promise<Outcome> {
  try {
    return await run();
  } catch (error) {
    log.error(`${id} failed.`, error instanceof Error ? error : String(error));
    const why = error instanceof Error ? error.message : String(error);
    return refused(refusal('failed', `Something went wrong: ${why}`, 'The log of Lockkeeper says more.'));
  }
}
