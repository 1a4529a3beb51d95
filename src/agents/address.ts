export const endpointPath = '/mcp';
/** Where the guard program asks, on the same port: plain JSON. */
export const guardPath = '/guard';

/** Where agents find the door that listens on this port of this machine. */
export function addressOf(port: number): string {
  return `http://127.0.0.1:${port}${endpointPath}`;
}
