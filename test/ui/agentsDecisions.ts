import assert from 'node:assert/strict';
import type { Actor } from '../../src/contract/actor.ts';
import type { Places } from '../../src/editor/storage.ts';
import type { Workbench } from '../rig/workbench.ts';
import { deskBeside } from './desk.ts';

const agent: Actor = { seat: 'orchestrator' };
const question = {
  question: 'Which words?',
  context: 'src/app.ts has room for one of them.',
  files: ['src/app.ts:1'],
  options: ['the app', 'an app'],
  recommended: 'the app',
  blocking: true,
};
const answer = { chosen: 'the app', rationale: 'It reads well', constraints: 'none', nextStep: 'Write it' };

/**
 * A blocking question that reaches the person first is left to the agent that leads; what that answers stands in the
 * Inbox, and the person puts another answer in its place before its worker has heard it.
 */
export async function takesOver(
  workbench: Workbench,
  place: Places,
  recorded: (type: string, count?: number) => Promise<readonly string[]>,
): Promise<void> {
  const desk = await deskBeside(place, [], { usersFirst: true });
  const [dispatch = 0] = desk.state.live;
  const worker: Actor = { seat: 'worker', worker: 1, enteredBy: 'user' };
  await desk.does(worker, { type: 'ask', dispatch, epoch: 1, packet: question });
  const n = desk.state.questions.size;
  const answers = { type: 'answer', question: n, answer } as const;
  assert.equal(await desk.tries(agent, answers), 'users-first');
  const inbox = workbench.tree('Inbox');
  const asked = /: Which words\?$/;
  await inbox.row(asked).waitFor();
  const { quickInput } = workbench;
  await inbox.contextMenu(asked, 'Leave a Question to the Agent That Leads');
  await quickInput.waitFor(`The agent that leads may answer question ${n}.`);
  await quickInput.pick('Leave It to the Agent');
  await recorded('question-left');
  await desk.does(agent, answers);
  desk.close();
  const decided = inbox.row('Decided by the agent that leads');
  await decided.waitFor();
  await decided.click();
  const row = inbox.row(`Answered question ${n}: the app`);
  await row.waitFor();
  await workbench.shot('decided');
  await row.click();
  await quickInput.pick('Replace the Answer');
  await quickInput.pick('an app');
  for (const about of ['Why?', 'What must hold?', 'What does the worker do now?']) {
    await quickInput.waitFor(about);
    await quickInput.accept();
  }
  const [, mine = ''] = await recorded('answered', 2);
  assert.match(mine, /"chosen":"an app".*"rationale":"It reads well"/);
  // What the person took over is nobody else's decision any more.
  await row.waitFor({ state: 'detached' });
}
