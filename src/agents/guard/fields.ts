/** Fields that hold a path, a list of paths, or a list of things with paths in them, by their names' end. */
const pathField = [
  /(?:^|[_-])(?:path|file|file_?name|file_?path|uri|notebook)s?$/i,
  /[a-z](?:Path|File|FileName|FilePath|Uri|URI|Notebook)s?$/,
  /^file(?:Name|Path)s?$/,
  /^(?:source|destination|edits|replacements|changes)$/,
];

export function isPathField(name: string): boolean {
  return pathField.some((form) => form.test(name));
}

/** Fields that hold a shell's text, or a program and its arguments. */
export const commandFields = ['command', 'cmd', 'commands', 'input', 'chars'] as const;
/** Those of them that are a shell's in a tool that nobody knows. */
export const plainCommandFields = ['command', 'cmd', 'commands', 'script'] as const;
/** Fields that hold a patch. */
export const patchFields = ['command', 'input', 'patch', 'patchText', 'patch_text', 'diff'] as const;
/** Fields that say in which folder a shell's text runs. */
export const folderFields = ['cwd', 'workdir', 'working_directory', 'directory', 'dir_path'] as const;

/** What a tool that no profile knows does, by the verbs in its name. */
export const verbs = {
  writes:
    /(?:^|[^a-z])(?:write|edit|create|delete|remove|move|rename|replace|insert|update|patch|append|save|copy)/i,
  reads:
    /(?:^|[^a-z])(?:read|get|list|search|find|grep|glob|view|fetch|open|show|query|describe|stat|tree|lookup)/i,
} as const;

/** Lockkeeper's own calls, as agents name the tools of a server called `lockkeeper`: they are never blocked. */
const ownServer = /^(?:mcp__lockkeeper__|mcp_lockkeeper_|(?:mcp[:.])?lockkeeper[:/.-])([a-z]+(?:_[a-z]+)*)$/i;
/** Those that name files, for agents that leave the server out. */
const ownCalls =
  /^mcp[:.](?:submit_result|ask_question|check_paths|request_scope|open_conflict|conflict_resolve)$/i;

export function isOwnCall(tool: string): boolean {
  return ownCallIn(tool) !== undefined || ownCalls.test(tool);
}

/** The name of such a call, where it is told with that of its server: all of an agent's or none. */
export function ownCallIn(tool: string): string | undefined {
  return ownServer.exec(tool)?.[1];
}
