/** Something keeps the worker from going on as its script says; it becomes a result that tells what. */
export class Hindered extends Error {
  readonly outcome: 'blocked' | 'failed';

  constructor(outcome: 'blocked' | 'failed', words: string) {
    super(words);
    this.outcome = outcome;
  }
}

/** The task is not this worker's any more, or waits for its verdict: the scene ends where it is. */
export class TaskOver extends Error {}
