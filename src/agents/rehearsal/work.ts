import { assignment, isReturned, taskToDo, type Assignment, type Task } from './calls.ts';
import { Hindered, TaskOver } from './hindered.ts';
import { notTooSoon, Play, Refused, type Stage } from './play.ts';
import { hindrance } from './report.ts';
import { sceneFor } from './script.ts';

const longestWait = 45;

/** Takes one task after the other. Ends only where the script says how long an idle worker stays. */
export async function work(stage: Stage): Promise<void> {
  const { say } = stage;
  const patience = stage.script.idleSeconds;
  let idleSince = performance.now();
  let shown = '';
  let stuck: string | undefined;
  // The first look does not wait, so that the terminal says at once what is waited for.
  let looks = 0;
  for (;;) {
    const began = performance.now();
    const left = patience === undefined ? longestWait : patience - (began - idleSince) / 1_000;
    if (left <= 0) {
      say('Nothing to do for a while. Good-bye.');
      return;
    }
    const given = await standing(stage, looks === 0 ? 0 : Math.min(longestWait, left));
    looks += 1;
    const task = given && taskToDo(given);
    if (given?.standing !== 'none') idleSince = performance.now();
    if (task !== undefined && task.name !== stuck) {
      looks = 0;
      shown = '';
      stuck = (await perform(stage, task)) ? undefined : task.name;
      await notTooSoon(began);
      continue;
    }
    const now =
      task === undefined
        ? waitsFor(given)
        : `Task ${task.name} does not go on; waiting for the orchestrator.`;
    if (now !== shown) say(now);
    shown = now;
    if (looks > 1) await notTooSoon(began);
  }
}

async function standing({ door, say }: Stage, seconds: number): Promise<Assignment | undefined> {
  const answered = await door.call('get_task', { wait_seconds: seconds });
  if (answered.ok) return assignment.parse(answered.data);
  say(answered.said);
  return undefined;
}

function waitsFor(given: Assignment | undefined): string {
  if (given?.standing === 'in-review') return 'Waiting for the verdict.';
  const last = given?.last_verdict;
  return last ? `Result ${last.result} was ${last.verdict}. Waiting for a task.` : 'Waiting for a task.';
}

/** Plays the scene of a task; false where the endpoint refuses something that no retry would change. */
async function perform(stage: Stage, task: Task): Promise<boolean> {
  const { door, script, say } = stage;
  say(`Task ${task.name}: ${task.packet.task}`);
  if (task.rejection) say(`  it came back: ${task.rejection.reason} Next: ${task.rejection.next}`);
  const acknowledged = await door.call('acknowledge_task', {
    task: task.name,
    call_id: `${task.name}/acknowledged`,
  });
  if (!acknowledged.ok) return true;
  const scene = sceneFor(script, task.packet.task);
  const again = isReturned(task.name) ? scene?.again : undefined;
  const place = { ...stage, root: task.folder ?? stage.root };
  const play = new Play(place, task, scene ? [...scene.acts, ...(scene.again ?? [])] : []);
  try {
    if (!scene) throw new Hindered('blocked', `There is no scene for this TASK: ${task.packet.task}`);
    if (await play.acts(again ?? scene.acts, again ? 'again' : 'acts')) return true;
    throw new Hindered('blocked', 'The scene ends before the work does.');
  } catch (error) {
    if (error instanceof TaskOver) return true;
    if (error instanceof Refused) return stuckWith(stage, error);
    if (!(error instanceof Hindered)) throw error;
    say(`  ${error.message}`);
    return handIn(stage, play, error);
  }
}

const why = {
  blocked: 'This rehearsal worker plays a script, and the script does not lead any further here.',
  failed: 'A program that was to show the work did not succeed.',
};

async function handIn(stage: Stage, play: Play, hindered: Hindered): Promise<boolean> {
  try {
    await play.submit(hindrance(hindered.outcome, why[hindered.outcome], hindered.message));
    return true;
  } catch (error) {
    if (error instanceof TaskOver) return true;
    if (error instanceof Refused) return stuckWith(stage, error);
    throw error;
  }
}

function stuckWith({ say }: Stage, refused: Refused): boolean {
  say(`  refused: ${refused.message}`);
  return false;
}
