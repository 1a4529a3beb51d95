/** What a program that we start takes over from the editor's own environment. Everything else stays behind. */
const inherited =
  /^(PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|TZ|TERM|TMPDIR|TEMP|TMP|SystemRoot|ComSpec|PATHEXT|APPDATA|LOCALAPPDATA|USERPROFILE|HOMEDRIVE|HOMEPATH|ProgramFiles.*|ProgramData|windir|XDG_\w+|SSH_AUTH_SOCK|NODE_EXTRA_CA_CERTS|HTTPS?_PROXY|NO_PROXY)$/i;

/** What of this host's environment a program that we start may see. */
export function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && inherited.test(entry[0]),
    ),
  );
}
