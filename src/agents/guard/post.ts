import { connect } from 'node:net';

/** The longest answer that is read, its head included. */
const mostBytes = 1_048_576;
/** What ends the head of an answer. */
const headEnd = '\r\n\r\n';

const unreadable = new Error('the answer of the window cannot be read');

/**
 * Posts JSON to a door on this machine and reads its one answer, which says its length. Node's HTTP would take as long
 * to load as all the rest of the guard. Rejects with an `Error` whose message is what went wrong.
 */
export function post(
  url: URL,
  token: string,
  body: string,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port || 80), url.hostname.replace(/^\[|\]$/g, ''));
    let read = Buffer.alloc(0);
    socket.on('data', (part) => {
      read = Buffer.concat([read, part]);
      const answer = answerIn(read);
      if (answer) {
        socket.destroy();
        resolve(answer);
      } else if (read.length > mostBytes) socket.destroy(new Error('the answer of the window is too long'));
    });
    socket.on('end', () => reject(unreadable));
    socket.on('error', ({ message, code }: NodeJS.ErrnoException) =>
      reject(
        new Error(code === undefined ? message : `the window cannot be reached (${code}); ${reloading}`),
      ),
    );
    socket.write(
      [
        `POST ${url.pathname} HTTP/1.1`,
        `Host: ${url.host}`,
        `Authorization: Bearer ${token}`,
        'Content-Type: application/json',
        `Content-Length: ${Buffer.byteLength(body)}`,
        'Connection: close',
        '',
        body,
      ].join('\r\n'),
    );
  });
}

const reloading = 'it may be reloading, so try again in a moment';

/** Undefined until all of it is there. What does not say its length is never whole. */
function answerIn(bytes: Buffer): { readonly status: number; readonly body: string } | undefined {
  const end = bytes.indexOf(headEnd);
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const status = /^HTTP\/1\.[01] (\d{3})(?: |\r|$)/.exec(head)?.[1];
  const length = /\r\ncontent-length: *(\d{1,9}) *(?:\r|$)/i.exec(head)?.[1];
  const from = end + headEnd.length;
  if (status === undefined || length === undefined || bytes.length < from + Number(length)) return undefined;
  return { status: Number(status), body: bytes.toString('utf8', from, from + Number(length)) };
}
