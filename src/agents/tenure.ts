import { hasCallers } from '../core/worker.ts';
import type { Desk } from '../desk/desk.ts';
import type { Door, DoorLog } from './endpoint.ts';

/** This process, as the lease row knows it. */
interface DoorHost {
  readonly pid: number;
  /** Epoch milliseconds; tells two processes with one pid apart. */
  readonly startedAt: number;
}

/** The journal's lease, as far as the door needs it: who of all hosts of one journal serves the endpoint. */
interface DoorLease {
  take(
    me: { pid: number; startedAt: number; port: number },
    now: number,
  ):
    | { kind: 'taken'; port: number }
    | { kind: 'held'; by: { port: number } }
    | { kind: 'busy' }
    | { kind: 'refused'; reason: { sentence: string } };
  release(): void;
  onLost(listener: () => void): { dispose(): void };
}

export type TenureStanding =
  | { readonly kind: 'serving'; readonly url: string; readonly port: number }
  /** Another window serves; `port` is 0 until it has told. */
  | { readonly kind: 'elsewhere'; readonly port: number }
  | { readonly kind: 'off'; readonly reason: string };

export interface TenureOptions {
  readonly desk: Desk;
  readonly clock: () => number;
  readonly lease: DoorLease;
  readonly host: DoorHost;
  /** Opens the door on this port if it can; 0 is any. Called only when it is needed. */
  readonly open: (port: number) => Promise<Door>;
  /**
   * A stranger has the port of last time, where workers may still call with their tokens. Called before the door is
   * told of; where it fails the door stays shut, and the next look begins again.
   */
  readonly moved: () => Promise<void>;
  readonly log: DoorLog;
}

/** Whether this host serves the agents' door, and the try to, as long as there is somebody to serve. */
export interface Tenure {
  readonly standing: TenureStanding;
  onStanding(listener: (standing: TenureStanding) => void): { dispose(): void };
  /** Closes the door and gives the lease back, with its port remembered. */
  dispose(): Promise<void>;
}

const tryAgain = 1_000;
const nobody: TenureStanding = { kind: 'off', reason: 'No worker is registered that would connect.' };

export function holdTenure({ desk, clock, lease, host, open, moved, log }: TenureOptions): Tenure {
  let standing = nobody;
  let door: Door | undefined;
  let isDisposed = false;
  /** Grows when the lease is lost: a door that opens too late is closed again. */
  let losses = 0;
  let turn: Promise<void> = Promise.resolve();
  let isWaiting = false;
  /** Whether the lease row knows the port; a locked journal can keep it from knowing for a while. */
  let isPortTold = false;
  const listeners = new Set<(standing: TenureStanding) => void>();

  const stand = (next: TenureStanding): void => {
    if (JSON.stringify(next) === JSON.stringify(standing)) return;
    standing = next;
    log.info(`The agents' door: ${wordsOf(next)}`);
    for (const listener of [...listeners]) listener(next);
  };

  const shut = async (): Promise<void> => {
    const open = door;
    door = undefined;
    await open?.close();
  };

  const look = async (): Promise<void> => {
    if (isDisposed) return;
    if (!hasCallers(desk.state)) {
      if (door) {
        await shut();
        lease.release();
      }
      return stand(nobody);
    }
    if (door) {
      if (!isPortTold) isPortTold = lease.take({ ...host, port: door.port }, clock()).kind === 'taken';
      return;
    }
    const outcome = lease.take({ ...host, port: 0 }, clock());
    if (outcome.kind === 'held') return stand({ kind: 'elsewhere', port: outcome.by.port });
    if (outcome.kind === 'refused') return stand({ kind: 'off', reason: outcome.reason.sentence });
    if (outcome.kind === 'taken') await begin(outcome.port);
  };

  const begin = async (port: number): Promise<void> => {
    const before = losses;
    let opened: Door | undefined;
    try {
      opened = await open(port);
      if (port !== 0 && opened.port !== port) {
        log.warn(`Another program has port ${port}; every token that it may have been shown is renewed.`);
        await moved();
      }
    } catch (error) {
      await opened?.close();
      lease.release();
      const why = error instanceof Error ? error.message : String(error);
      return stand({ kind: 'off', reason: `The door cannot be opened: ${why}` });
    }
    const told = lease.take({ ...host, port: opened.port }, clock());
    if (isDisposed || losses !== before || (told.kind !== 'taken' && told.kind !== 'busy')) {
      await opened.close();
      lease.release();
      return;
    }
    door = opened;
    isPortTold = told.kind === 'taken';
    stand({ kind: 'serving', url: opened.url, port: opened.port });
  };

  let timer: NodeJS.Timeout | undefined;
  /** Who serves is told of all that could change it; who waits for a place, or for a locked row, asks again. */
  const keepTrying = (): void => {
    if (!isDisposed && hasCallers(desk.state) && !(door && isPortTold)) {
      timer ??= setInterval(soon, tryAgain).unref();
      return;
    }
    clearInterval(timer);
    timer = undefined;
  };

  /** One look after the other; many wishes at one moment are one look. */
  const soon = (): void => {
    if (isWaiting || isDisposed) return;
    isWaiting = true;
    turn = turn.then(async () => {
      isWaiting = false;
      await look().finally(keepTrying);
    });
    turn = turn.catch((error: unknown) => log.warn(`The agents' door: ${String(error)}`));
  };

  const telling = desk.onTold(soon);
  const losing = lease.onLost(() => {
    losses += 1;
    turn = turn.then(shut);
    stand({ kind: 'elsewhere', port: 0 });
    soon();
  });
  soon();

  return {
    get standing() {
      return standing;
    },
    onStanding(listener) {
      listeners.add(listener);
      return { dispose: () => void listeners.delete(listener) };
    },
    async dispose() {
      isDisposed = true;
      clearInterval(timer);
      telling.dispose();
      losing.dispose();
      listeners.clear();
      await turn;
      const wasOpen = door !== undefined;
      await shut();
      if (wasOpen) lease.release();
    },
  };
}

function wordsOf(standing: TenureStanding): string {
  if (standing.kind === 'serving') return `open at ${standing.url}.`;
  return standing.kind === 'off' ? standing.reason : 'served by another window.';
}
