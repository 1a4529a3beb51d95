/** How one agent names its tools, and in what form it wants to hear a no beside the exit code and the sentence. */
export interface Profile {
  /** Tools that change the files they name. */
  readonly writes: readonly string[];
  /** Tools whose text is a patch with the files in it. */
  readonly patches: readonly string[];
  /** Tools that run a shell's text. */
  readonly shells: readonly string[];
  /** Tools that only read, although they name files. */
  readonly reads: readonly string[];
  /** What is printed on a no, for an agent that may not look at exit code 2. */
  readonly no?: (sentence: string) => object;
}

/**
 * The agents that are known. One reads another one's hooks with tools of its own, so a tool is looked up in all of
 * them; which profile a hook was written for only decides what is printed.
 */
export const profiles = {
  claude: {
    writes: ['Write', 'Edit', 'MultiEdit', 'NotebookEdit'],
    patches: [],
    shells: ['Bash', 'Monitor'],
    reads: ['Read', 'Glob', 'Grep', 'LS', 'NotebookRead', 'LSP'],
  },
  codex: {
    writes: [],
    patches: ['apply_patch'],
    shells: ['Bash', 'shell', 'local_shell', 'shell_command', 'exec_command', 'write_stdin'],
    reads: ['view_image', 'read_file', 'list_dir', 'grep_files'],
  },
  gemini: {
    writes: ['write_file', 'replace', 'edit'],
    patches: [],
    shells: ['run_shell_command'],
    reads: [
      'read_file',
      'read_many_files',
      'list_directory',
      'glob',
      'grep_search',
      'search_file_content',
      'ripgrep',
    ],
  },
  vscode: {
    writes: [
      'create_file',
      'createFile',
      'editFiles',
      'edit_file',
      'replace_string_in_file',
      'multi_replace_string_in_file',
      'insert_edit_into_file',
      'edit_notebook_file',
      'editNotebook',
      'create_new_jupyter_notebook',
      'copilot_createFile',
      'copilot_editFile',
      'copilot_replaceString',
      'copilot_multiReplaceString',
      'copilot_insertEdit',
      'copilot_editNotebook',
      'rename_file',
      'delete_file',
    ],
    patches: ['apply_patch', 'copilot_applyPatch'],
    shells: ['run_in_terminal', 'runInTerminal', 'send_to_terminal'],
    // A folder that is made holds nothing yet.
    reads: ['read_file', 'copilot_readFile', 'list_dir', 'create_directory', 'createDirectory', 'view_image'],
    no: (sentence) => ({
      hookSpecificOutput: {
        hookEventName: 'PreToolUse',
        permissionDecision: 'deny',
        permissionDecisionReason: sentence,
      },
    }),
  },
  copilot: {
    writes: ['create', 'edit', 'str_replace_editor', 'str_replace_based_edit_tool'],
    patches: ['apply_patch'],
    shells: ['bash', 'write_bash', 'powershell', 'write_powershell'],
    reads: ['view', 'glob', 'grep', 'rg', 'read_bash'],
    no: (sentence) => ({ permissionDecision: 'deny', permissionDecisionReason: sentence }),
  },
  cursor: {
    writes: [
      'Write',
      'Edit',
      'StrReplace',
      'Delete',
      'EditNotebook',
      'TabWrite',
      'search_replace',
      'edit_file',
      'delete_file',
    ],
    patches: ['ApplyPatch'],
    shells: ['Shell', 'run_terminal_cmd'],
    reads: ['Read', 'TabRead', 'Grep', 'Glob', 'LS', 'SemanticSearch', 'codebase_search'],
    no: (sentence) => ({ permission: 'deny', agent_message: sentence, user_message: sentence }),
  },
} as const satisfies Readonly<Record<string, Profile>>;

export type ProfileName = keyof typeof profiles;

export function isProfile(name: string | undefined): name is ProfileName {
  return name !== undefined && Object.hasOwn(profiles, name);
}

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
const ownServer = /^(?:mcp__lockkeeper__|mcp_lockkeeper_|(?:mcp[:.])?lockkeeper[:/.-])[a-z]+(?:_[a-z]+)*$/i;
/** Those that name files, for agents that leave the server out. */
const ownCalls =
  /^mcp[:.](?:submit_result|ask_question|check_paths|request_scope|open_conflict|conflict_resolve)$/i;

export function isOwnCall(tool: string): boolean {
  return ownServer.test(tool) || ownCalls.test(tool);
}
