/**
 * How fields are called by agents at large: what is read in the calls of a tool that no profile knows, and besides what
 * a profile says of one.
 */

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
