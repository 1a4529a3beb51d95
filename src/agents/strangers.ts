import type { Socket } from 'node:net';
import type { Server } from 'node:http';

/**
 * Connections that have not shown a good token yet: only so many, and the oldest goes first, so that
 * thousands of idle ones keep nobody out.
 */
export function limitStrangers(server: Server, most: number): { readonly greet: (socket: Socket) => void } {
  const strangers = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    strangers.add(socket);
    socket.on('close', () => strangers.delete(socket));
    if (strangers.size <= most) return;
    const [oldest] = strangers;
    if (oldest) {
      strangers.delete(oldest);
      oldest.destroy();
    }
  });
  return { greet: (socket) => void strangers.delete(socket) };
}
