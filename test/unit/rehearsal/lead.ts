import assert from 'node:assert/strict';
import { Door } from '../../../src/agents/rehearsal/door.ts';
import type { State, StoredResult, Todo } from '../../../src/core/state.ts';
import { at, each } from '../../../src/core/table.ts';
import { judgedAll } from '../core/judging.ts';
import type { House } from './house.ts';
import { story } from './story.ts';
import { shown } from '../../rig/unchanged.ts';

type Input = Record<string, unknown>;

export interface Course {
  readonly chosen?: string;
  /** TODOs whose first result is sent back. */
  readonly reject?: readonly number[];
}

/** Leads the story as an agent would who was lent the seat: over MCP, one thing at a time. */
export class Lead {
  readonly #house: House;
  readonly #door: Door;
  #calls = 0;

  constructor(house: House) {
    this.#house = house;
    this.#door = new Door(house.url, house.token('orchestrator'), () => undefined);
  }

  async call(name: string, input: Input): Promise<void> {
    this.#calls += 1;
    const answered = await this.#door.call(name, { ...input, call_id: `lead ${this.#calls}` });
    assert.ok(answered.ok, `${name}: ${answered.said}`);
  }

  async refused(name: string, input: Input, code: string): Promise<void> {
    const answered = await this.#door.call(name, input);
    assert.equal(answered.ok ? 'taken' : answered.code, code, answered.said);
  }

  /** All steps are planned, and the first is released. */
  async plan(): Promise<void> {
    for (const { title, role, tasks } of story.steps) {
      await this.call('add_step', { title, role, tasks: tasks.map(wire) });
    }
    await this.call('release_step', {});
  }

  async dispatch(worker: string): Promise<number> {
    await this.call('dispatch_todo', { worker });
    return this.#house.until((state) => state.live[0], 'a live dispatch');
  }

  async answer(dispatch: number, chosen: string): Promise<void> {
    const open = (state: State): number | undefined =>
      at(state.dispatches, dispatch)?.questions.find((n) => at(state.questions, n)?.state === 'open');
    const question = await this.#house.until(open, 'a question');
    const words = {
      rationale: 'Callers notice it at once.',
      constraints: 'none',
      next_step: 'Go on with the TASK.',
    };
    await this.call('answer_question', { question, chosen, ...words });
  }

  async result(dispatch: number): Promise<StoredResult> {
    const inReview = (state: State): StoredResult | undefined => {
      const n = at(state.dispatches, dispatch)?.inReview;
      return n === undefined ? undefined : at(state.results, n);
    };
    return this.#house.until(inReview, `a result of dispatch ${dispatch}`);
  }

  async reject(result: StoredResult): Promise<void> {
    const { n } = result;
    const parts = {
      reason: 'One case is not shown.',
      missing: 'The case beside it.',
      next: 'Show that one too.',
    };
    await this.call('reject_result', { result: n, ...parts });
  }

  async approve(result: StoredResult): Promise<void> {
    const judged = judgedAll(this.#house.desk.state, result.n).map(({ todo, line, pass, word }) => ({
      todo,
      done_when: line,
      pass,
      word,
    }));
    await this.call('approve_result', { shown, result: result.n, judged });
  }

  /** Waits for the result, sends the first back where the course says so, and approves. */
  async review(dispatch: number, todo: number, course: Course): Promise<StoredResult> {
    let result = await this.result(dispatch);
    if (course.reject?.includes(todo)) {
      await this.reject(result);
      result = await this.result(dispatch);
    }
    await this.approve(result);
    return result;
  }

  async reconcile(): Promise<void> {
    const { role, ...packet } = story.reconcile;
    const unreconciled = (state: State): Todo | undefined =>
      [...each(state.todos)].find((one) => one.state === 'waiting' && !one.packet);
    const todo = await this.#house.until(unreconciled, 'an open item');
    await this.call('reconcile_todo', { todo: todo.n, role, packet: wire(packet) });
  }

  /** P9: what is known of the bug before its fix goes out. */
  async debug(todo: number): Promise<void> {
    const { reason, reproduction, risk, why, rollback } = story.debug;
    await this.call('debug_mode', { todo, reason });
    await this.call('describe_bug', { todo, ...reproduction, risk, why, rollback });
  }

  /** The whole story, from the first dispatch to the end of the orchestration. */
  async story(course: Course = {}): Promise<void> {
    await this.plan();
    const code = await this.dispatch('builder');
    await this.answer(code, course.chosen ?? 'Throw a RangeError that names the depth');
    await this.review(code, 1, course);
    await this.refused('release_step', {}, 'gate-shut');
    await this.refused('dispatch_todo', { worker: 'writer' }, 'unreconciled');
    await this.reconcile();
    await this.review(await this.dispatch('writer'), 2, course);
    await this.call('release_step', {});
    await this.review(await this.dispatch('writer'), 3, course);
    await this.call('release_step', {});
    await this.debug(4);
    await this.review(await this.dispatch('builder'), 4, course);
    await this.call('close_orchestration', {});
  }
}

function wire({ notYourJob, doneWhen, ...rest }: Record<string, unknown>): Input {
  return { ...rest, not_your_job: notYourJob, done_when: doneWhen };
}
