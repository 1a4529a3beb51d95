import { refusal, type Refusal } from '../../contract/refusal.ts';

/** What is said and asked about VERIFY. */
export const verify = {
  titles: {
    run: 'Run VERIFY',
    hard: 'Review Hard',
    allow: 'Allow a Command',
    revoke: 'Revoke a Command',
    output: 'Open What VERIFY Printed',
    contradicted: 'A Worker’s Words That Do Not Hold',
  },
  asks: {
    result: 'Of which result?',
    command: 'Which command?',
    contradicted: 'What was run says otherwise.',
  },
  rows: {
    output: 'Read what was printed',
    result: 'Open the result',
    again: 'Run VERIFY again',
    reject: 'Reject the result',
  },
  allow: (list: string) => ({
    question: `Lets Lockkeeper run exactly this as VERIFY in this workspace, whenever it stands there: ${list}`,
    yes: 'Allow the Command',
    no: 'Do Not Allow',
  }),
  name: (result: number, isHard: boolean) =>
    isHard ? `Review hard: result ${result}` : `VERIFY of result ${result}`,
  underWay: (result: number) => `VERIFY of result ${result}`,
  done: (result: number, passed: number, all: number) =>
    `VERIFY of result ${result}: ${passed} of ${all} commands passed.`,
  before: 'What reproduces the bug, on what stood there before the fix:',
  regressionWords: 'the regression command of the workspace',
} as const;

export const verifyRefusals = {
  untrusted: refusal('untrusted', 'This folder is not trusted, so nothing is run.', 'Trust it, if you do.'),
  stopped: refusal(
    'instruction-stands',
    'Your instruction stands, so nothing is run.',
    'Answer it, or let work carry on; then run VERIFY.',
  ),
  running: refusal(
    'verify-running',
    'VERIFY of this result is being run.',
    'Wait for it, or cancel it: Lockkeeper: Cancel VERIFY.',
  ),
  notRunning: refusal('verify-not-running', 'No VERIFY is being run in this window.', 'Run VERIFY.'),
  nothingToAllow: refusal(
    'nothing-to-allow',
    'No command waits for your word.',
    'Lockkeeper: Revoke a Command shows those that you allowed.',
  ),
  nothingToRevoke: refusal(
    'nothing-to-revoke',
    'You have allowed no command.',
    'There is nothing to take back.',
  ),
  nothingRun: refusal('nothing-run', 'Nothing of VERIFY was run yet.', 'Run VERIFY.'),
  notInReview: refusal(
    'not-in-review',
    'This result does not wait for a verdict.',
    'Name one from the Inbox that does.',
  ),
  byEye: refusal(
    'verify-by-eye',
    'VERIFY holds no command; it is to be seen by eye.',
    'Look, and say what you saw in the verdict.',
  ),
} satisfies Readonly<Record<string, Refusal>>;
