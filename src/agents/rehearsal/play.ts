import { setTimeout as wait } from 'node:timers/promises';
import { answer, assignment, ticket, type Answer, type Task } from './calls.ts';
import type { Answered, Door } from './door.ts';
import { holds, isEdited, makeEdit } from './files.ts';
import { Hindered, TaskOver } from './hindered.ts';
import { resultOf } from './report.ts';
import { runProgram } from './run.ts';
import { innerActs, matches, type Act, type Ask, type Edit, type Script, type Submit } from './script.ts';

/** Where a scene is played: the same for every task of a worker. */
export interface Stage {
  readonly door: Door;
  readonly script: Script;
  /** The workspace folder. */
  readonly root: string;
  readonly say: (line: string) => void;
  readonly pauses: boolean;
}

/** The endpoint took the call for what it is and said no. */
export class Refused extends Error {}

const longestWait = 45;
const gone = new Set(['unknown-task', 'task-over', 'in-review']);

/**
 * One playing of acts for one task. It can end at any moment and be played again from the top: an edit that is
 * there is passed over, and a call has an id made of the task and the act's place, so that it counts once.
 */
export class Play {
  readonly #stage: Stage;
  readonly #task: Task;
  /** The acts of the whole scene, for what a result says of its files. */
  readonly #whole: readonly Act[];
  readonly #runs = new Map<string, string>();
  readonly #answers = new Map<string, Answer>();

  constructor(stage: Stage, task: Task, whole: readonly Act[]) {
    this.#stage = stage;
    this.#task = task;
    this.#whole = whole;
  }

  /** Plays acts in order; true once one of them has handed in the result. */
  async acts(list: readonly Act[], place: string): Promise<boolean> {
    for (const [index, act] of list.entries()) {
      if (await this.#act(act, `${place}/${index}`)) return true;
    }
    return false;
  }

  async submit(submit: Submit): Promise<void> {
    const result = resultOf(this.#task, submit, this.#files(), (text) => this.#filled(text));
    await this.#write('submit_result', 'result', result);
    const open = Array.isArray(result['still_open']) ? result['still_open'].length : 0;
    this.#stage.say(
      `  result handed in: ${String(result['outcome'])}, still open: ${open === 0 ? 'Nothing' : open}`,
    );
  }

  async #act(act: Act, place: string): Promise<boolean> {
    const { script, root, say } = this.#stage;
    if (act.do === 'edit' || act.do === 'run') await this.#parked();
    switch (act.do) {
      case 'edit':
        say(
          makeEdit(root, this.#task.packet.scope, act)
            ? `  edited ${act.file}`
            : `  ${act.file} is edited already`,
        );
        return false;
      case 'run': {
        say(`  running ${act.argv.join(' ')}`);
        const shown = await runProgram(root, act);
        this.#runs.set(act.name, shown);
        say(`  it succeeded: ${shown.split('\n').join(', ')}`);
        return false;
      }
      case 'ask':
        return this.#ask(act, place);
      case 'when': {
        const has = holds(root, act.file, act.has);
        return this.acts(has ? act.then : act.otherwise, `${place}/${has ? 'then' : 'otherwise'}`);
      }
      case 'part':
        return this.acts(script.parts[act.name] ?? [], `${place}/${act.name}`);
      case 'progress': {
        const text = this.#filled(act.text);
        await this.#write('report_progress', place, { text });
        say(`  said: ${text}`);
        return false;
      }
      case 'pause':
        if (this.#stage.pauses) await wait(act.milliseconds);
        return false;
      case 'submit':
        await this.submit(act);
        return true;
    }
  }

  /** T2: what the user says stops it before it touches anything, until the word to go on. */
  async #parked(): Promise<void> {
    const { door, say } = this.#stage;
    for (let isSaid = false; ; isSaid = true) {
      const began = performance.now();
      const call = await door.call('get_task', {});
      if (!call.ok) throw new Refused(call.said);
      const given = assignment.parse(call.data);
      if (given.task !== this.#task.name) throw new TaskOver();
      const [first] = given.instructions;
      if (!first) return;
      if (!isSaid) say(`  stopped by the user: ${first.words}`);
      await notTooSoon(began);
    }
  }

  async #ask(act: Ask, place: string): Promise<boolean> {
    const { say } = this.#stage;
    const number = await this.#question(act, place);
    if (!act.blocking && act.branches.length === 0) return false;
    say(`  waiting for the answer to question ${number}`);
    const given = await this.#answerTo(act, number, place);
    const chosen = given.chosen ?? '';
    say(`  answered: ${chosen}`);
    this.#answers.set(act.name, given);
    const at = act.branches.findIndex((branch) => matches(branch.chosen, chosen));
    return this.acts(act.branches[at]?.acts ?? act.otherwise, `${place}/${at < 0 ? 'otherwise' : at}`);
  }

  /** The number of the question: the one it got when an earlier playing asked it, or a new one. */
  async #question(act: Ask, place: string): Promise<number> {
    const asked = this.#task.questions.find((one) => one.asked.trim() === act.question.trim());
    if (asked !== undefined) return asked.question;
    const answered = await this.#write('ask_question', place, packetOf(act, act.context));
    const given = ticket.safeParse(answered?.data);
    if (!given.success) throw new Refused('The question got no number.');
    this.#stage.say(`  asked question ${given.data.question}: ${act.question}`);
    return given.data.question;
  }

  async #answerTo(act: Ask, number: number, place: string): Promise<Answer> {
    for (;;) {
      const began = performance.now();
      const call = await this.#stage.door.call('get_answer', { question: number, wait_seconds: longestWait });
      if (!call.ok) throw new Refused(call.said);
      const given = answer.parse(call.data);
      if (given.state === 'answered') return given;
      if (given.state === 'moot') throw new TaskOver();
      if (given.state === 'returned') {
        this.#stage.say(`  question ${number} was sent back; telling more`);
        const packet = packetOf(act, `${act.context}\n${act.more}`);
        await this.#write('ask_question', `${place}/revised`, { ...packet, revises: number });
      }
      await notTooSoon(began);
    }
  }

  /** A call that changes something. Sent again with the same id, it has its effect once. */
  async #write(
    name: string,
    place: string,
    input: Record<string, unknown>,
  ): Promise<Extract<Answered, { ok: true }> | undefined> {
    const task = this.#task.name;
    const answered = await this.#stage.door.call(name, { task, ...input, call_id: `${task}/${place}` });
    if (answered.ok) return answered;
    if (gone.has(answered.code)) throw new TaskOver();
    // An earlier playing has sent this act with other words, a run's output for one. What it sent stands.
    if (answered.code === 'command-reused') return undefined;
    throw new Refused(answered.said);
  }

  /** The files that hold what the scene's edits write: those this task has changed, by whichever playing. */
  #files(): readonly string[] {
    const { root, script } = this.#stage;
    const names = editsIn(this.#whole, script.parts)
      .filter((edit) => isEdited(root, edit))
      .map(({ file }) => file);
    return [...new Set(names)];
  }

  #filled(text: string): string {
    return text.replace(/\{\{(run|answer|rejection):([\w-]+)\}\}/g, (_, kind: string, name: string) => {
      const found =
        kind === 'run'
          ? this.#runs.get(name)
          : kind === 'answer'
            ? this.#answers.get(name)?.chosen
            : Object.entries(this.#task.rejection ?? {}).find(([part]) => part === name)?.[1];
      if (found === undefined)
        throw new Hindered('blocked', `The script speaks of a ${kind} "${name}" that there is not.`);
      return found;
    });
  }
}

/** Keeps a call that answers at once from being made over and over without a breath. */
export async function notTooSoon(began: number): Promise<void> {
  const shortest = 500;
  const rest = began + shortest - performance.now();
  if (rest > 0) await wait(rest);
}

function packetOf(act: Ask, context: string): Record<string, unknown> {
  const { question, files, options, recommended, blocking } = act;
  return { question, context, files, options, recommended, blocking };
}

function editsIn(list: readonly Act[], parts: Script['parts']): readonly Edit[] {
  return list.flatMap((act) => {
    if (act.do === 'edit') return [act];
    const inner = act.do === 'part' ? [parts[act.name] ?? []] : innerActs(act);
    return inner.flatMap((one) => editsIn(one, parts));
  });
}
