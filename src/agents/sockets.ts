import type { Socket } from 'node:net';
import type { Server } from 'node:http';

export interface SocketLimits {
  /** Connections that have not shown a good token yet. */
  readonly strangers: number;
  /** Connections of one credential. */
  readonly each: number;
}

/**
 * How many connections may stand open. Who comes is always let in and somebody else is cut: the oldest of those
 * that have shown no good token yet, or the one that the same credential has not used for the longest time. So
 * thousands that are held open keep nobody else out, whoever holds them.
 */
export function limitSockets(
  server: Server,
  most: SocketLimits,
): { readonly greet: (socket: Socket, who: string) => void } {
  const strangers = new Set<Socket>();
  const known = new Map<string, Set<Socket>>();
  const setOf = new WeakMap<Socket, Set<Socket>>();

  const put = (socket: Socket, into: Set<Socket>, limit: number): void => {
    setOf.get(socket)?.delete(socket);
    setOf.set(socket, into);
    into.add(socket);
    if (into.size <= limit) return;
    const [longest] = into;
    longest?.destroy();
    if (longest) into.delete(longest);
  };
  server.on('connection', (socket: Socket) => {
    put(socket, strangers, most.strangers);
    socket.on('close', () => setOf.get(socket)?.delete(socket));
  });
  return {
    /** The connection has just shown the token of `who`. */
    greet(socket, who) {
      const theirs = known.get(who) ?? new Set();
      known.set(who, theirs);
      put(socket, theirs, most.each);
    },
  };
}
