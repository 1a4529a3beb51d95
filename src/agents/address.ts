export const endpointPath = '/mcp';

/** Where agents find the door that listens on this port of this machine. */
export function addressOf(port: number): string {
  return `http://127.0.0.1:${port}${endpointPath}`;
}
