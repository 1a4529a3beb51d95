import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Recorded } from '../../contract/events.ts';
import { refusal, type Refusal } from '../../contract/refusal.ts';
import type { Witnessed } from '../../contract/review.ts';
import type { StoredResult } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { isPrinted } from '../../core/reproduction.ts';
import {
  commandName,
  commandsOf,
  endWords,
  isAllowed,
  isAsItShould,
  neverRun,
  type ToRun,
} from '../../core/witness.ts';
import { environment } from '../../running/environment.ts';
import { runSeries, type FreshGround, type Ground } from '../../running/series.ts';
import { refused, said, type Outcome } from '../action.ts';
import { forMessage } from '../inert.ts';
import type { Room } from '../room.ts';
import { noteCancelled, type Cancelled } from './cancelling.ts';
import type { VerifyPlace } from './place.ts';
import { verify as words, verifyRefusals } from './sentences.ts';
import { verifySettings } from './settings.ts';
import { show, VerifyTerminal } from './verifyTerminal.ts';

/** Two windows that hear of a result at one moment agree in this time on the one that speaks. */
const settling = 250;

interface Wanted {
  /** In a fresh worktree on top of head, with the regression command. */
  readonly isHard: boolean;
  /** A person asked for it here; else it starts by itself, and nothing pushes itself in front. */
  readonly isAsked: boolean;
}

/** One command that is run; the workspace's own has no TODO. */
type Running = Partial<ToRun> & Pick<ToRun, 'argv'>;

/** What the runs of one result share. */
interface Going {
  readonly place: VerifyPlace;
  readonly result: StoredResult;
  readonly terminal: VerifyTerminal;
  readonly tell: (command: string) => void;
  readonly cancel: AbortController;
}

/** How many came to what they should, and why not all were run. */
interface Tally {
  readonly passed: number;
  readonly why?: Refusal;
}

/** P8: what of VERIFY is being run by this window. */
export class VerifyRuns implements vscode.Disposable {
  readonly #room: Room;
  readonly #underWay = new Map<number, AbortController>();
  /** What work carries on for while it is still being ended. */
  readonly #again = new Set<number>();
  #place: Promise<VerifyPlace> | undefined;

  constructor(room: Room) {
    this.#room = room;
  }

  get place(): Promise<VerifyPlace> {
    return (this.#place ??= this.#room.house.verifyPlace());
  }

  hear(events: readonly Recorded[]): void {
    for (const [n, running] of this.#underWay) {
      if (n > 0 && at(this.#room.state.results, n)?.state !== 'review') running.abort();
    }
    for (const { event } of events) {
      // T2: an instruction stops whatever is under way.
      if (event.type === 'instructed') this.#stop();
      if (event.type === 'carried-on') this.resume();
      const isNew = event.type === 'resulted' && !event.late && verifySettings().onResult;
      if (isNew || event.type === 'verify-asked')
        void this.#byItself(event.result, event.type === 'verify-asked' && event.hard);
    }
  }

  /** Runs what waits for a verdict and has never been run: the window that should have is gone. */
  resume(): void {
    if (!verifySettings().onResult) return;
    for (const { n } of neverRun(this.#room.state)) {
      const running = this.#underWay.get(n);
      if (running?.signal.aborted) this.#again.add(n);
      else if (!running) void this.#byItself(n, false);
    }
  }

  /** Runs VERIFY of a result; one that a person asked for is shown. Resolves when all of it is done. */
  async run(n: number, wanted: Wanted): Promise<Outcome> {
    if (!vscode.workspace.isTrusted) return refused(verifyRefusals.untrusted);
    const { state } = this.#room;
    const result = at(state.results, n);
    if (result?.state !== 'review') return refused(verifyRefusals.notInReview);
    // T2: nothing is begun while an instruction stands.
    if (state.instructed.length > 0) return refused(verifyRefusals.stopped);
    if (this.#underWay.has(n)) return refused(verifyRefusals.running);
    const cancel = new AbortController();
    this.#underWay.set(n, cancel);
    try {
      const place = await this.place;
      const release = place.claim(n);
      if (!release) return refused(verifyRefusals.running);
      try {
        const outcome = await this.#runAll(place, result, wanted, cancel);
        if (!outcome.ok) void noteCancelled(this.#room, n, cancel.signal);
        return outcome;
      } finally {
        release();
      }
    } catch (error) {
      this.#room.house.log.error(`VERIFY of result ${n}: ${String(error)}`);
      const why = error instanceof Error ? error.message : String(error);
      const next = 'Mend what it names, and run VERIFY again.';
      return refused(refusal('verify-failed', `VERIFY could not be run: ${why}`, next));
    } finally {
      this.#underWay.delete(n);
      if (this.#again.delete(n)) this.resume();
    }
  }

  /** Something else that is run: an instruction ends it too. Undefined where it is under way. */
  async alone<T>(key: number, work: (cancel: AbortController) => Promise<T>): Promise<T | undefined> {
    if (this.#underWay.has(key)) return undefined;
    const cancel = new AbortController();
    this.#underWay.set(key, cancel);
    try {
      return await work(cancel);
    } finally {
      this.#underWay.delete(key);
    }
  }

  /** Ends the run of a result, or every one, by the person's word. */
  cancel(n?: number): boolean {
    return this.#stop(n, 'said');
  }

  #stop(n?: number, why?: Cancelled): boolean {
    const ended = n === undefined ? [...this.#underWay.values()] : [this.#underWay.get(n)];
    for (const running of ended) running?.abort(why);
    return ended.some((running) => running !== undefined);
  }

  dispose(): void {
    this.#stop();
  }

  /** One window of several runs it: the one where the person was last. */
  async #byItself(n: number, isHard: boolean): Promise<void> {
    const { teller, log } = this.#room.house;
    teller.isMine();
    await new Promise((resolve) => setTimeout(resolve, settling));
    if (!teller.isMine()) return;
    const outcome = await this.run(n, { isHard, isAsked: false });
    if (!outcome.ok) log.info(`VERIFY of result ${n}: ${outcome.refusal.sentence}`);
  }

  async #runAll(
    place: VerifyPlace,
    result: StoredResult,
    { isHard, isAsked }: Wanted,
    cancel: AbortController,
  ): Promise<Outcome> {
    const { state } = this.#room;
    const { regression } = verifySettings();
    const { runnable, hindrances } = commandsOf(state, result);
    const hasRegression = isHard && regression.length > 0 && isAllowed(state, regression);
    const commands: readonly Running[] = [...runnable, ...(hasRegression ? [{ argv: regression }] : [])];
    const [hindrance] = hindrances;
    if (commands.length === 0) return refused(hindrance ?? verifyRefusals.byEye);
    const ground = isHard ? await place.fresh(result.n, cancel.signal) : await place.ground(result.dispatch);
    if ('code' in ground) return refused(ground);
    const terminal = new VerifyTerminal(() => cancel.abort('closed' satisfies Cancelled));
    show(terminal, words.name(result.n, isHard), isAsked).catch((error: unknown) =>
      this.#room.house.log.warn(`The terminal of VERIFY: ${String(error)}`),
    );
    await terminal.opened;
    try {
      return await progress(result.n, isAsked, cancel, async (tell) => {
        const going: Going = { place, result, terminal, tell, cancel };
        const before = commands.filter(({ reproduction }) => reproduction === 'before');
        const rest = commands.filter(({ reproduction }) => reproduction !== 'before');
        const first = await this.#beforeFix(going, before);
        const then = first.why ? { passed: 0, why: first.why } : await this.#runOn(going, ground, rest);
        const passed = first.passed + then.passed;
        if (then.why) terminal.say(then.why.sentence);
        terminal.end(then.why || passed < commands.length ? 1 : 0);
        return then.why ? refused(then.why) : said(words.done(result.n, passed, commands.length));
      });
    } finally {
      await this.#remove(ground);
    }
  }

  /** P9: what reproduces a bug, on what the work began from; where that cannot be had, the rest is run all the same. */
  async #beforeFix(going: Going, commands: readonly Running[]): Promise<Tally> {
    if (commands.length === 0) return { passed: 0 };
    const { place, result, terminal, cancel } = going;
    const known = (tree: string, { todo }: Running): boolean =>
      at(this.#room.state.results, result.n)?.witnessed?.some(
        (run) => run.todo === todo && run.reproduction === 'before' && run.tree === tree && isAsItShould(run),
      ) === true;
    const ground = await place.base(result.n, cancel.signal, (tree) =>
      commands.every((command) => known(tree, command)),
    );
    if (ground === undefined) return { passed: commands.length };
    if ('code' in ground) {
      if (cancel.signal.aborted) return { passed: 0, why: ground };
      terminal.say(`${words.before} ${ground.sentence}`);
      return { passed: 0 };
    }
    try {
      terminal.say(words.before);
      return await this.#runOn(going, ground, commands);
    } finally {
      await this.#remove(ground);
    }
  }

  async #remove(ground: Ground | FreshGround): Promise<void> {
    const left = isFresh(ground) ? await ground.remove() : undefined;
    if (left) this.#room.house.log.warn(`${left.sentence} ${left.next}`);
  }

  async #runOn(
    { place, result, terminal, tell, cancel }: Going,
    ground: Ground | FreshGround,
    commands: readonly Running[],
  ): Promise<Tally> {
    let passed = 0;
    const wordsFor = (argv: readonly string[]): string =>
      commands.find((command) => command.argv === argv)?.words ?? argv.join(' ');
    const why = await runSeries({
      result: result.n,
      commands: commands.map(({ shows, ...command }) =>
        shows === undefined
          ? command
          : { ...command, isPrinted: (output: string) => isPrinted(output, shows) },
      ),
      ground,
      env: { ...environment(), CI: 'true' },
      milliseconds: verifySettings().milliseconds,
      signal: cancel.signal,
      ...(isFresh(ground) ? { fresh: ground.change } : {}),
      keep: (output) => place.keep(output),
      onBegin: (argv) => {
        terminal.say(`$ ${wordsFor(argv)}`);
        tell(wordsFor(argv));
      },
      onOutput: (data) => terminal.output(data),
      onRan: async (run) => {
        terminal.endOutput();
        terminal.say(endedWords(wordsFor(run.argv), run));
        const noted = await this.#note(run);
        if (noted) terminal.say(noted.sentence);
        else if (isAsItShould(run)) passed += 1;
      },
    });
    return why ? { passed, why } : { passed };
  }

  async #note(run: Witnessed): Promise<Refusal | undefined> {
    const { desk } = this.#room.house;
    const act = { type: 'note-witnessed', ...run } as const;
    const reply = await desk?.submit({ id: randomUUID(), actor: { seat: 'keeper' }, act });
    return reply?.ok === false ? reply.refusal : undefined;
  }
}

function isFresh(ground: Ground | FreshGround): ground is FreshGround {
  return 'change' in ground;
}

function endedWords(command: string, run: Witnessed): string {
  const changed = run.changed ? ` It changed ${run.changed.join(', ')}, so it witnesses nothing.` : '';
  return `${commandName(command)} ${endWords(run)}.${changed}`;
}

/** In the status bar while it runs by itself; where a person asked, a message with a way to cancel it. */
function progress<T>(
  n: number,
  isAsked: boolean,
  cancel: AbortController,
  work: (tell: (command: string) => void) => Promise<T>,
): Promise<T> {
  const location = isAsked ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
  const title = words.underWay(n);
  return Promise.resolve(
    vscode.window.withProgress({ location, title, cancellable: isAsked }, (bar, token) => {
      token.onCancellationRequested(() => cancel.abort('said' satisfies Cancelled));
      return work((command) => bar.report({ message: forMessage(command, 80) }));
    }),
  );
}
