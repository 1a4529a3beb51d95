import type { Act } from '../../../src/contract/acts.ts';
import type { State } from '../../../src/core/state.ts';
import { at, each } from '../../../src/core/table.ts';
import { shown } from '../../rig/unchanged.ts';
import { judgedAll } from '../../unit/core/judging.ts';
import type { House } from '../../unit/rehearsal/house.ts';
import { story } from '../../unit/rehearsal/story.ts';

/**
 * Leads the rehearsal's story in the process that serves, by acts of the user, as the window does.
 * Returns how long each act took, in milliseconds.
 */
export async function leadByHand(house: House): Promise<readonly number[]> {
  const took: number[] = [];
  const act = async (one: Act): Promise<void> => {
    const before = performance.now();
    await house.asUser(one);
    took.push(performance.now() - before);
  };
  const workerNamed = (name: string): number =>
    [...each(house.desk.state.workers)].find((worker) => worker.name === name)?.n ?? 0;

  const workOff = async (name: string, withQuestion = false): Promise<void> => {
    await act({ type: 'dispatch', worker: workerNamed(name) });
    if (withQuestion) await answer();
    const result = await house.until(
      ({ live, dispatches }) => live.map((n) => at(dispatches, n)?.inReview).find((n) => n !== undefined),
      'a result',
    );
    await act({ type: 'approve', shown, result, judged: judgedAll(house.desk.state, result) });
  };
  const answer = async (): Promise<void> => {
    const asked = (state: State): number | undefined =>
      state.asked.find((n) => at(state.questions, n)?.state === 'open');
    await act({
      type: 'answer',
      question: await house.until(asked, 'a question'),
      answer: {
        chosen: 'Throw a RangeError that names the depth',
        rationale: 'Callers notice it at once.',
        constraints: 'none',
        nextStep: 'Go on with the TASK.',
      },
    });
  };

  for (const { title, role, tasks } of story.steps) await act({ type: 'add-step', title, role, tasks });
  await act({ type: 'release' });
  await workOff('builder', true);
  const { role, ...packet } = story.reconcile;
  const item = [...each(house.desk.state.todos)].find(({ state, packet: is }) => state === 'waiting' && !is);
  await act({ type: 'reconcile', todo: item?.n ?? 0, role, packet });
  await workOff('writer');
  await act({ type: 'release' });
  await workOff('writer');
  await act({ type: 'close' });
  return took;
}
