/** What a program that we start takes over from the editor's own environment. Everything else stays behind. */
const inherited =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TERM|TMPDIR|TEMP|TMP|SystemRoot|ComSpec|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|HOMEDRIVE|HOMEPATH|ProgramFiles.*|ProgramData|windir|XDG_\w+|SSH_AUTH_SOCK|NODE_EXTRA_CA_CERTS|HTTPS?_PROXY|NO_PROXY)$/i;
const proxy = /^https?_proxy$/i;
const noProxy = /^no_proxy$/i;
const here = ['127.0.0.1', 'localhost'];

/**
 * What of this host's environment a program that we start may see. Where a proxy is set, agents ask it for this machine's
 * own addresses too, and never reach the endpoint: so these go past it.
 */
export function environment(
  of: Readonly<Record<string, string | undefined>> = process.env,
): Record<string, string> {
  const taken = Object.entries(of).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && inherited.test(entry[0]),
  );
  if (!taken.some(([name]) => proxy.test(name))) return Object.fromEntries(taken);
  const past = taken.filter(([name]) => noProxy.test(name));
  const widened = (past.length > 0 ? past : [['NO_PROXY', ''] as const]).map(
    ([name, hosts]) => [name, withHere(hosts)] as const,
  );
  return { ...Object.fromEntries(taken), ...Object.fromEntries(widened) };
}

function withHere(hosts: string): string {
  const named = hosts.split(/[\s,]+/).filter((host) => host !== '');
  return named.includes('*') ? hosts : [...new Set([...named, ...here])].join(',');
}
