import { refusal, type Refusal } from '../contract/refusal.ts';
import { runOnce, type Ending, type RunOrder } from '../running/run.ts';

export interface SetUp {
  readonly refusal: Refusal | undefined;
  /** What it wrote, both streams in the order they came; of a long one the end, and how much is missing. */
  readonly output: string;
}

/** Runs the setup of a worktree; whatever is not the exit code 0 is a no. Never rejects. */
export async function runSetup(setup: Omit<RunOrder, 'onOutput'>): Promise<SetUp> {
  if (setup.argv.length === 0) return { refusal: undefined, output: '' };
  const { ending, output } = await runOnce(setup);
  return { refusal: refusalOf(ending, setup), output };
}

function refusalOf(ending: Ending, { argv, milliseconds }: Omit<RunOrder, 'onOutput'>): Refusal | undefined {
  const shown = argv.join(' ').slice(0, 200);
  const failed = (code: string, words: string): Refusal =>
    refusal(
      code,
      `${shown} ${words}.`,
      'Mend lockkeeper.worktree.setup or what it needs, then dispatch again.',
    );
  switch (ending.kind) {
    case 'exit':
      return ending.code === 0 ? undefined : failed('setup-failed', `ended with code ${ending.code}`);
    case 'signal':
      return failed('setup-failed', `ended with the signal ${ending.name}`);
    case 'too long':
      return failed('setup-too-long', `was not done after ${Math.round(milliseconds / 1000)} s`);
    case 'cancelled':
      return failed('setup-cancelled', 'was cancelled');
    case 'not started':
      return failed('setup-failed', ending.why);
  }
}
