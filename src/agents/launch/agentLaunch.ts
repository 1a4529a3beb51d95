import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { handedText } from '../../contract/text/packetParse.ts';
import type { Dispatch, Worker } from '../../core/state.ts';
import { taskId } from '../../core/task.ts';
import { connecting } from '../connect/changes.ts';
import { filled } from '../connect/filled.ts';
import type { Launch } from '../profiles/profile.ts';
import { profileOf } from '../profiles/profiles.ts';
import { hookCommand, type GuardPlace } from './guardCopy.ts';
import type { Handed } from './handover.ts';

export interface AgentLaunch {
  readonly worker: Worker;
  readonly dispatch: Dispatch;
  readonly url: string;
  readonly guard: GuardPlace;
  /** A folder of the worker's own, outside of every project. */
  readonly own: string;
  /** The program, and what the person adds to its arguments. */
  readonly argv: readonly string[];
  /** Our own program that speaks ACP with an agent. */
  readonly client: Handed;
  /** The environment of the person. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Writes what the agent reads at its start, and gives what starts it; undefined for one that nothing is known of. */
export async function agentLaunch(id: string, order: AgentLaunch): Promise<Handed | undefined> {
  const profile = profileOf(id);
  const launch = profile?.launch;
  const [program, ...more] = order.argv;
  if (!launch || program === undefined) return undefined;
  const { url, own, dispatch, worker } = order;
  const facts = { url, own, hook: hookCommand(id, order.guard), prompt: promptFor(worker, dispatch) };
  const changes = connecting(
    { entries: launch.files },
    facts,
    { folder: own, home: own, own },
    () => undefined,
  );
  if ('why' in changes) throw new Error(changes.why);
  for (const { path, after = '' } of changes) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, after);
    await rename(`${path}.new`, path);
  }
  const env = { ...passedTo(launch, order.environment), ...filled(launch.env, facts) };
  const digest = createHash('sha256')
    .update(filled(launch.digest ?? '', facts))
    .digest('hex');
  const argv = [program, ...filled(launch.argv, { ...facts, digest }), ...more];
  if (!launch.speaksAcp) return { argv, env };
  const { client } = order;
  return { argv: [...client.argv, facts.prompt, ...argv], env: { ...env, ...client.env } };
}

/** What of the person's environment it gets besides the usual names. */
export function passedTo(
  launch: Launch | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const passes = new RegExp(`^(?:${launch?.passes ?? '(?!)'})$`);
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && passes.test(entry[0]),
    ),
  );
}

/** T6: the first words for it are its packet. */
function promptFor({ name }: Worker, dispatch: Dispatch): string {
  const task = taskId({ dispatch: dispatch.n, epoch: dispatch.epoch });
  return [
    `You are the worker ${name}. The MCP server lockkeeper gave you the task below, and is the only way to answer it.`,
    `First call acknowledge_task with task ${task}. Write only inside SCOPE; for other files call request_scope. Where`,
    'something is unclear call ask_question, then get_answer with wait_seconds 45 until it is answered. At the end call',
    'submit_result, and say honestly what is still open. Only a submitted result counts. get_task gives all this again.',
    '',
    handedText({ task, packet: dispatch.packet, context: dispatch.context }),
  ].join('\n');
}
