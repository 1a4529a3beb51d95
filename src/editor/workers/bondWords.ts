import type { Bearer } from '../../contract/actor.ts';
import { byWhom } from '../../core/labels.ts';
import type { State, Worker } from '../../core/state.ts';
import { visible } from '../../core/views/visible.ts';
import type { WorkerRow } from '../../core/views/workerRows.ts';
import { isByHand, isSeatGuarded } from '../../core/state.ts';
import { byHand } from '../byHand/words.ts';
import { budgetLines } from './budgetWords.ts';
import type { Heard } from './heard.ts';

/** All that is known of a worker: whether it is connected, guarded and trusted, each with the way to mend it. */
export async function workerTooltip(row: WorkerRow, heard: Heard): Promise<string> {
  const { worker, standing, dispatch } = row;
  const progress = dispatch?.progress;
  const lines = [
    `${worker.name}, worker ${worker.n}`,
    `Role: ${worker.role}`,
    `Runs: ${runsWords(worker)}`,
    `Standing: ${standing}`,
    ...(dispatch ? budgetLines(dispatch, heard) : []),
    ...(isByHand(worker)
      ? [row.unguarded ? 'Unguarded: the review sees what it writes' : 'Guarded']
      : await bond(row, heard)),
    ...(worker.exposedAt === undefined ? [] : [renewed]),
    ...(progress ? [`Last progress${byWhom(progress)}: ${progress.text}`] : []),
  ];
  return visible(lines.join('\n')).slice(0, 4_000);
}

/** The same of the agent that has the seat. */
export function seatTooltip(seat: NonNullable<State['seat']>, heard: Heard): string {
  return [
    'One agent may plan, dispatch, answer and judge as you do; what is yours alone stays yours',
    ...bonds('orchestrator', !isSeatGuarded(seat), seat.guard === 'gone', anyWay, heard),
  ].join('\n');
}

const anyWay = 'Let the agent use the server lockkeeper, and trust its hook.';

async function bond({ worker, unguarded }: WorkerRow, heard: Heard): Promise<readonly string[]> {
  const trust =
    worker.runs.kind === 'command' && worker.runs.agent !== undefined
      ? await heard.trust(worker.runs.agent)
      : undefined;
  return bonds(worker.n, unguarded, worker.guardsCalls === true, trust ?? anyWay, heard);
}

/** `way`: how the person lets it trust what was written for it. */
function bonds(
  bearer: Bearer,
  unguarded: boolean,
  isGone: boolean,
  way: string,
  heard: Heard,
): readonly string[] {
  const isHeard = heard.lastContact(bearer) !== undefined;
  const trial = heard.trial(bearer);
  const [act, whom] =
    bearer === 'orchestrator'
      ? ['Connect the Orchestrator', 'the Orchestrator']
      : ['Connect Worker', 'a Worker'];
  if (trial?.code === 'hook-skipped')
    return ['Connected', `Unguarded: ${trial.sentence}`, `Not trusted, as far as it is known. ${trial.next}`];
  return [
    trial
      ? `Not connected: ${trial.sentence} ${trial.next}`
      : isHeard
        ? 'Connected'
        : `Not heard since this window opened: ${act}, then Open a Terminal as ${whom}`,
    unguarded
      ? `Unguarded: ${isGone ? 'its guard was not heard at its last call' : 'no guard has held its writes back yet'}; ${act} writes its hook`
      : 'Guarded',
    unguarded
      ? isHeard
        ? `Not trusted, as far as it is known: it calls, and no hook of it does. ${way}`
        : `Whether the agent trusts the folder shows with its first call. ${way}`
      : 'Trusted: its hook is started',
  ];
}

/** Until it calls again. */
const renewed =
  'Another program has the port where it knew Lockkeeper, so its token was renewed. One that Lockkeeper starts gets the new one at its next start; to one elsewhere, Copy a Connection';

function runsWords({ runs }: Worker): string {
  if (runs.kind === 'by-hand') return byHand.where[runs.where];
  if (runs.kind === 'rehearsal') return 'the rehearsal worker';
  return [...(runs.agent === undefined ? [] : [`${runs.agent},`]), ...runs.argv].join(' ');
}
