import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { runs, type Runs } from '../../contract/runs.ts';
import { refusal } from '../../contract/refusal.ts';
import { parseCommandLine } from '../../core/commandLine.ts';
import { dispatchName, isBlank, sameWords } from '../../core/labels.ts';
import { isByHand } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { presentWorkers } from '../../core/worker.ts';
import { action, cancelled, refused, type Action } from '../action.ts';
import { askText, back, choose, type Frame, type Said } from '../asking/box.ts';
import { connectedChoices, workerChoices } from '../asking/choices.ts';
import { nameStop, needed, numberStop, reasonStop, roleStop } from '../asking/stops.ts';
import { confirmed, confirmStop, walk, type Stop } from '../asking/walk.ts';
import { forMessage, forPick } from '../inert.ts';
import { asks, blank, confirms, rows, titles } from '../prompts.ts';
import { byHand, noTerminal } from '../byHand/sentences.ts';
import { byHand as standing } from '../byHand/words.ts';
import type { Room } from '../room.ts';
import type { KnownAgent } from './agentsPlace.ts';
import { adding as words } from './sentences.ts';

const adding = z.object({
  name: z.optional(acts['add-worker'].shape.name),
  role: z.optional(acts['add-worker'].shape.role),
  runs: z.optional(runs),
});
type Adding = z.output<typeof adding>;

const kindStop = (room: Room): Stop<Adding> => ({
  key: 'runs',
  ask: async (frame, draft) => {
    const installed = await installedAgents(room);
    const choices = [
      ...installed.map(({ id, label, version = '', program = '' }) => ({
        ...words.installed(label, forPick(version, 40), forPick(program)),
        value: id,
      })),
      { ...rows.command, value: 'command' },
      { ...words.acp, value: 'acp' },
      { ...rows.rehearsal, value: 'rehearsal' },
      { ...byHand.rows.elsewhere, value: 'elsewhere' },
      { ...byHand.rows.here, value: 'here' },
    ];
    const kind = await choose(frame, choices, {
      placeholder: asks.runs,
    });
    if (kind === undefined || kind === back) return kind;
    if (kind === 'rehearsal') return { ...draft, runs: { kind: 'rehearsal' } };
    if (kind === 'here' || kind === 'elsewhere') return { ...draft, runs: { kind: 'by-hand', where: kind } };
    const agent = installed.find(({ id }) => id === kind);
    if (agent?.program !== undefined)
      return { ...draft, runs: { kind: 'command', argv: [agent.program], agent: agent.id } };
    const kept = draft.runs?.kind === 'command' ? draft.runs.argv : [];
    const argv = await askCommand(frame, kept);
    if (argv === undefined || argv === back) return argv;
    return { ...draft, runs: { kind: 'command', argv, ...(kind === 'acp' ? { agent: 'acp' } : {}) } };
  },
});

/** Agents that can be started with their packet, as far as they are found. */
async function installedAgents(room: Room): Promise<readonly KnownAgent[]> {
  if (!room.house.desk) return [];
  const known = await (await room.house.agents()).known();
  return known.filter(({ launches, program }) => launches && program !== undefined);
}

async function askCommand(frame: Frame, kept: readonly string[]): Promise<Said<string[]>> {
  const flaw = (text: string): string | undefined => {
    if (isBlank(text)) return blank('The command');
    const parsed = parseCommandLine(text);
    return 'why' in parsed ? parsed.why : undefined;
  };
  const answer = await askText(frame, { ...asks.commandLine, value: kept.join(' '), flaw });
  if (answer === undefined || answer === back) return answer;
  const parsed = parseCommandLine(answer);
  return 'argv' in parsed ? [...parsed.argv] : undefined;
}

/** Registers a worker, with a credential of its own. The user's alone. */
export function addWorker(room: Room): Action {
  return action(adding, async (given) => {
    const isKnown = (name: string): string | undefined =>
      presentWorkers(room.state).some((worker) => sameWords(worker.name, name))
        ? `There is a worker ${name} already.`
        : needed('The name')(name);
    const draft = await walk<Adding>(titles.addWorker, given, [
      nameStop<Adding>(isKnown),
      roleStop<Adding>(() => room.state),
      kindStop(room),
      confirmStop((known) =>
        confirms.addWorker(forPick(known.name ?? ''), forPick(known.role ?? ''), runsWords(known.runs)),
      ),
    ]);
    if (!draft?.runs) return cancelled;
    const { name = '', role = '', runs: how } = draft;
    if (how.kind === 'by-hand') return room.submit({ type: 'add-worker', name, role, runs: how });
    const credential = room.house.credentials.mint();
    const { tokenHash, expires } = credential;
    const outcome = await room.submit({ type: 'add-worker', name, role, runs: how, tokenHash, expires });
    const made = outcome.ok && 'made' in outcome ? outcome.made.worker : undefined;
    if (made !== undefined) await credential.keep(made);
    return outcome;
  });
}

function runsWords(how: Runs | undefined): string {
  if (how?.kind === 'by-hand') return standing.where[how.where];
  return how?.kind === 'command' ? forPick(how.argv.join(' '), 300) : rows.rehearsal.label;
}

const removing = z.partial(acts['remove-worker']);
type Removing = z.output<typeof removing>;

/** Removes a worker; what it has is withdrawn. The user's alone. */
export function removeWorker(room: Room): Action {
  return action(removing, async (given) => {
    const draft = await walk<Removing>(titles.removeWorker, given, [
      numberStop<'worker', Removing>('worker', asks.worker, () => workerChoices(room.state)),
      reasonStop<Removing>(asks.why.remove),
    ]);
    if (!draft) return cancelled;
    const { worker: n = 1, reason = '' } = draft;
    const worker = at(room.state.workers, n);
    if (worker && !worker.removed) {
      const live = room.state.live.flatMap((number) => {
        const dispatch = at(room.state.dispatches, number);
        return dispatch?.worker === n ? [forMessage(dispatchName(room.state, dispatch), 120)] : [];
      });
      if (
        !(await confirmed(confirms.removeWorker(forMessage(worker.name, 60)), confirms.removeDetail(live)))
      ) {
        return cancelled;
      }
    }
    return room.submit({ type: 'remove-worker', worker: n, reason });
  });
}

const showing = z.object({ worker: z.optional(z.int()) });

export function showTerminal(room: Room): Action {
  return action(showing, async (given) => {
    const choices = connectedChoices(room.state);
    const [first] = choices;
    const draft =
      choices.length === 1 && given.worker === undefined
        ? { worker: first?.value }
        : await walk(titles.showTerminal, given, [
            numberStop<'worker', typeof given>('worker', asks.worker, () => choices),
          ]);
    if (!draft) return cancelled;
    if (draft.worker === undefined || !at(room.state.workers, draft.worker)) {
      return refused(refusal('unknown-worker', `There is no worker ${draft.worker ?? ''}.`, 'Add one.'));
    }
    if (isByHand(at(room.state.workers, draft.worker))) {
      return refused(noTerminal(at(room.state.workers, draft.worker)?.name ?? ''));
    }
    room.house.showTerminal(draft.worker);
    return { ok: true, said: '' };
  });
}
