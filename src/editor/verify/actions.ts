import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { acts } from '../../contract/acts.ts';
import { listed } from '../../core/order.ts';
import { at } from '../../core/table.ts';
import { commandsOf, isAllowed, notAllowedYet } from '../../core/witness.ts';
import { verifyEntries } from '../../core/verifyCommands.ts';
import { action, cancelled, refused, said, type Action, type Outcome } from '../action.ts';
import { resultChoices } from '../asking/choices.ts';
import { numberStop } from '../asking/stops.ts';
import { pickStop, walk } from '../asking/walk.ts';
import { forPick } from '../inert.ts';
import type { Room } from '../room.ts';
import { allowed, shown } from './allowing.ts';
import { verify as words, verifyRefusals } from './sentences.ts';
import { verifySettings } from './settings.ts';
import type { VerifyWatch } from './watch.ts';

const about = z.object({ result: z.optional(z.int()) });
type About = z.output<typeof about>;

/** Runs VERIFY of a result; commands that wait for the user's word are asked for first. */
export function runVerify(room: Room, watch: VerifyWatch, isHard: boolean): Action {
  return action(about, async (given) => {
    if (room.shut) return refused(room.shut);
    if (!vscode.workspace.isTrusted) return refused(verifyRefusals.untrusted);
    const isInReview = (n: number): boolean => at(room.state.results, n)?.state === 'review';
    const n = await whichResult(room, isHard ? words.titles.hard : words.titles.run, given, isInReview);
    if (n === undefined) return cancelled;
    if (n === 0) return refused(verifyRefusals.notInReview);
    for (const argv of wordsNeeded(room, n, isHard)) {
      const outcome = await allowed(room, argv);
      if (!outcome.ok) return outcome;
    }
    return (await watch.runs()).run(n, { isHard, isAsked: true });
  });
}

/** The result named, the only one that fits, or the one the person picks; 0 where none fits. */
async function whichResult(
  room: Room,
  title: string,
  given: About,
  fits: (n: number) => boolean,
): Promise<number | undefined> {
  const choices = resultChoices(room.state, fits);
  const result = given.result ?? (choices.length === 1 ? choices[0]?.value : undefined);
  if (result === undefined && choices.length === 0) return 0;
  const draft = await walk<About>(title, { result }, [
    numberStop<'result', About>('result', words.asks.result, () => choices),
  ]);
  return draft?.result;
}

/** What is to be run of a result and waits for the user's word, each list once. */
function wordsNeeded(room: Room, n: number, isHard: boolean): readonly (readonly string[])[] {
  const result = at(room.state.results, n);
  const waiting = result ? commandsOf(room.state, result).waiting.map(({ argv }) => argv) : [];
  const { regression } = verifySettings();
  const extra = isHard && regression.length > 0 && !isAllowed(room.state, regression) ? [regression] : [];
  const lists = new Map([...waiting, ...extra].map((argv) => [JSON.stringify(argv), argv]));
  return [...lists.values()];
}

export function cancelVerify(watch: VerifyWatch): Action {
  return action(about, async ({ result }) =>
    (await watch.runs()).cancel(result) ? said('VERIFY is being ended.') : refused(verifyRefusals.notRunning),
  );
}

export function openVerifyOutput(room: Room, watch: VerifyWatch): Action {
  return action(about, async (given) => {
    const hasRuns = (n: number): boolean => at(room.state.results, n)?.witnessed !== undefined;
    const n = await whichResult(room, words.titles.output, given, hasRuns);
    if (n === undefined) return cancelled;
    if (n === 0) return refused(verifyRefusals.nothingRun);
    await watch.documents.open(n);
    return said(`What VERIFY of result ${n} printed is open.`);
  });
}

const allowing = z.object({
  result: z.optional(z.int()),
  argv: z.optional(acts['allow-command'].shape.argv),
});
type Allowing = { argv?: readonly string[] | undefined };

/** The user's alone: the last step names exactly what may be run. Then what waited for it is run. */
export function allowCommand(room: Room, watch: VerifyWatch): Action {
  return action(allowing, async ({ result, argv }) => {
    if (room.shut) return refused(room.shut);
    const lists = argv
      ? [argv]
      : result === undefined
        ? await chosen(room)
        : wordsNeeded(room, result, false);
    if (lists === undefined) return cancelled;
    if (lists.length === 0) return refused(verifyRefusals.nothingToAllow);
    let outcome: Outcome = cancelled;
    for (const list of lists) {
      outcome = await allowed(room, list);
      if (!outcome.ok) return outcome;
    }
    if (result !== undefined && verifySettings().onResult)
      void (await watch.runs()).run(result, { isHard: false, isAsked: false });
    return outcome;
  });
}

/** One of the commands on the list that wait for the user's word, or the regression command. */
async function chosen(room: Room): Promise<readonly (readonly string[])[] | undefined> {
  const { state } = room;
  const { regression } = verifySettings();
  const waiting = listed(state).flatMap((todo) =>
    verifyEntries(todo.packet).flatMap((entry) =>
      'argv' in entry && notAllowedYet(state, todo, entry)
        ? [{ argv: entry.argv, detail: `TODO ${todo.n}` }]
        : [],
    ),
  );
  if (regression.length > 0 && !isAllowed(state, regression))
    waiting.push({ argv: regression, detail: words.regressionWords });
  if (waiting.length === 0) return [];
  const choices = waiting.map(({ argv, detail }) => ({ label: forPick(shown(argv)), detail, value: argv }));
  const draft = await walk<Allowing>(words.titles.allow, {}, [
    pickStop<Allowing, 'argv'>('argv', () => ({ placeholder: words.asks.command, choices })),
  ]);
  return draft?.argv && [draft.argv];
}

const revoking = z.object({ argv: z.optional(acts['revoke-command'].shape.argv) });

export function revokeCommand(room: Room): Action {
  return action(revoking, async (given) => {
    if (room.shut) return refused(room.shut);
    const choices = room.state.allowed.map((argv) => ({ label: forPick(shown(argv), 200), value: argv }));
    if (choices.length === 0 && !given.argv) return refused(verifyRefusals.nothingToRevoke);
    const draft = await walk<Allowing>(words.titles.revoke, given, [
      pickStop<Allowing, 'argv'>('argv', () => ({ placeholder: words.asks.command, choices })),
    ]);
    return draft?.argv ? room.submit({ type: 'revoke-command', argv: [...draft.argv] }) : cancelled;
  });
}
