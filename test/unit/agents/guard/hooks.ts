import { join } from 'node:path';

/** A hook's JSON as an agent gives it, for a file that its tool is about to write. */
export interface Hook {
  readonly profile: string;
  readonly title: string;
  readonly json: (project: string, file: string) => object;
}

type Make = (file: string, project: string) => unknown;

const claude = (tool: string, input: Make): Hook => ({
  profile: 'claude-code',
  title: tool,
  json: (project, file) => ({
    session_id: '8c1f',
    transcript_path: '/tmp/transcript.jsonl',
    cwd: project,
    permission_mode: 'acceptEdits',
    hook_event_name: 'PreToolUse',
    tool_name: tool,
    tool_input: input(file, project),
    tool_use_id: 'toolu_1',
  }),
});

const codex = (tool: string, input: Make): Hook => ({
  profile: 'codex',
  title: tool,
  json: (project, file) => ({
    session_id: '01',
    turn_id: '1',
    cwd: project,
    hook_event_name: 'PreToolUse',
    model: 'gpt-5.5',
    tool_name: tool,
    tool_input: input(file, project),
    tool_use_id: 'call_1',
  }),
});

const gemini = (tool: string, input: Make): Hook => ({
  profile: 'gemini',
  title: tool,
  json: (project, file) => ({
    session_id: '02',
    cwd: project,
    hook_event_name: 'BeforeTool',
    timestamp: '2026-11-01T10:00:00.000Z',
    tool_name: tool,
    tool_input: input(file, project),
  }),
});

const vscode = (tool: string, input: Make): Hook => ({
  profile: 'vscode',
  title: tool,
  json: (project, file) => ({
    timestamp: '2026-11-01T10:00:00.000Z',
    cwd: project,
    sessionId: '03',
    hookEventName: 'PreToolUse',
    tool_name: tool,
    tool_input: input(file, project),
    tool_use_id: 'tool-1',
  }),
});

const copilot = (tool: string, input: Make): Hook => ({
  profile: 'copilot-cli',
  title: tool,
  json: (project, file) => ({
    timestamp: 1_793_500_000_000,
    cwd: project,
    toolName: tool,
    toolArgs: JSON.stringify(input(file, project)),
  }),
});

const cursor = (tool: string, input: Make): Hook => ({
  profile: 'cursor',
  title: tool,
  json: (project, file) => ({
    conversation_id: '04',
    generation_id: '1',
    cursor_version: '2.4.0',
    workspace_roots: [project],
    hook_event_name: 'preToolUse',
    tool_name: tool,
    tool_input: input(file, project),
  }),
});

/** As our own client of ACP tells the guard of a tool. */
const acp = (kind: string, input: Make): Hook => ({
  profile: 'acp',
  title: `acp:${kind}`,
  json: (project, file) => ({ cwd: project, tool_name: `acp:${kind}`, tool_input: input(file, project) }),
});

const patch = (file: string): string =>
  `*** Begin Patch\n*** Update File: ${file}\n@@\n-a\n+b\n*** End Patch\n`;

/** Every way in which the agents that are known write a file. */
export const hooks: readonly Hook[] = [
  claude('Write', (file, project) => ({ file_path: join(project, file), content: 'x' })),
  claude('Edit', (file, project) => ({ file_path: join(project, file), old_string: 'a', new_string: 'b' })),
  claude('MultiEdit', (file, project) => ({ file_path: join(project, file), edits: [{ old_string: 'a' }] })),
  claude('NotebookEdit', (file, project) => ({ notebook_path: join(project, file), new_source: '' })),
  claude('Bash', (file) => ({ command: `echo x > ${file}`, description: 'Write' })),
  claude('Bash', (file) => ({ command: `cd src && git checkout -- ../${file}` })),
  codex('apply_patch', (file) => ({ command: patch(file) })),
  codex('apply_patch', (file) => ({
    command: `*** Begin Patch\n*** Update File: src/web/app.ts\n*** Move to: ${file}\n*** End Patch`,
  })),
  codex('apply_patch', (file) => ({ command: `*** Begin Patch\n*** Add File: ${file}\n+x\n*** End Patch` })),
  codex('apply_patch', (file) => ({ command: `*** Begin Patch\n*** Delete File: ${file}\n*** End Patch` })),
  codex('Bash', (file) => ({ command: `sed -i 's/a/b/' ${file}` })),
  codex('shell', (file) => ({ command: ['bash', '-lc', `rm ${file}`] })),
  codex('shell', (file) => ({ command: ['apply_patch', patch(file)] })),
  gemini('write_file', (file, project) => ({ file_path: join(project, file), content: 'x' })),
  gemini('replace', (file) => ({ file_path: file, old_string: 'a', new_string: 'b' })),
  gemini('run_shell_command', (file) => ({ command: `tee ../${file} < /dev/null`, directory: 'src' })),
  vscode('create_file', (file, project) => ({ filePath: join(project, file), content: 'x' })),
  vscode('replace_string_in_file', (file, project) => ({ filePath: join(project, file), oldString: 'a' })),
  vscode('multi_replace_string_in_file', (file, project) => ({
    replacements: [{ filePath: join(project, 'src/web/app.ts') }, { filePath: join(project, file) }],
  })),
  vscode('editFiles', (file) => ({ files: ['src/web/app.ts', file] })),
  vscode('apply_patch', (file, project) => ({ input: patch(join(project, file)), explanation: '' })),
  vscode('insert_edit_into_file', (file, project) => ({ filePath: `file://${join(project, file)}` })),
  vscode('run_in_terminal', (file) => ({ command: `rm ${file}`, isBackground: false })),
  copilot('create', (file, project) => ({ path: join(project, file), file_text: 'x' })),
  copilot('edit', (file, project) => ({ path: join(project, file), old_str: 'a', new_str: 'b' })),
  copilot('str_replace_editor', (file, project) => ({ command: 'create', path: join(project, file) })),
  copilot('bash', (file) => ({ command: `mv ${file} ${file}.old; rm ${file}.old` })),
  cursor('Write', (file, project) => ({ file_path: join(project, file), content: 'x' })),
  cursor('StrReplace', (file, project) => ({ path: join(project, file), old_string: 'a' })),
  cursor('Delete', (file) => ({ path: file })),
  cursor('Shell', (file) => ({ command: `touch ${file}`, working_directory: '' })),
  {
    profile: 'cursor',
    title: 'beforeShellExecution',
    json: (project, file) => ({
      hook_event_name: 'beforeShellExecution',
      workspace_roots: [project],
      cwd: project,
      command: `cp README.md ${file}`,
    }),
  },
  claude('Monitor', (file) => ({ command: `tee ${file}`, description: 'Watch' })),
  codex('shell_command', (file) => ({ command: `touch ../${file}`, workdir: 'src' })),
  codex('exec_command', (file) => ({ cmd: `touch ../${file}`, workdir: 'src' })),
  codex('local_shell', (file) => ({ command: ['touch', `../${file}`], working_directory: 'src' })),
  codex('write_stdin', (file) => ({ session_id: 1, chars: `touch ${file}\n` })),
  codex('apply_patch', (file) => ({ input: patch(file) })),
  gemini('run_shell_command', (file) => ({ command: `tee ../${file} < /dev/null`, dir_path: 'src' })),
  copilot('str_replace_based_edit_tool', (file) => ({ command: 'insert', path: file })),
  copilot('apply_patch', (file) => ({ input: patch(file) })),
  copilot('write_bash', (file) => ({ sessionId: 'a', input: `touch ${file}` })),
  copilot('powershell', (file) => ({ command: `ni ${file}` })),
  copilot('write_powershell', (file) => ({ sessionId: 'a', input: `ni ${file}` })),
  cursor('EditNotebook', (file) => ({ target_notebook: file, new_string: '' })),
  cursor('edit_file', (file) => ({ target_file: file, code_edit: 'x' })),
  cursor('ApplyPatch', (file) => ({ patch: patch(file) })),
  cursor('run_terminal_cmd', (file) => ({ command: `touch ${file}`, is_background: false })),
  acp('execute', (file) => ({ command: `touch ${file}` })),
  acp('execute', (file) => ({ cmd: ['touch', file] })),
  // Headers as the one who applies them takes them too.
  codex('apply_patch', (file) => ({
    command: `*** Begin Patch\r\n*** Update File: src/web/app.ts\n@@\n-a\n+b\n  *** Delete File: ${file} \n*** End Patch`,
  })),
  claude('Write', (file, project) => ({ command: 'view', file_path: join(project, file), content: 'x' })),
  // Tools that nobody knows, of other servers.
  claude('mcp__code__apply_patch', (file) => ({ patch: patch(file) })),
  claude('mcp__code__apply_diff', (file) => ({ diff: `--- a/${file}\n+++ b/${file}\n@@ -1 +1 @@\n-a\n+b` })),
  claude('mcp__serena__replace_symbol_body', (file) => ({ relative_path: file, body: 'x' })),
  claude('mcp__files__create_file', (file) => ({ fileName: file })),
  claude('mcp__run__execute', (file) => ({ cmd: `rm ${file}` })),
  claude('mcp__files__write_file', (file) => ({ path: file, content: 'x' })),
];

/** What is never blocked: calls of Lockkeeper's own, and tools that only read. */
export const free: readonly Hook[] = [
  claude('mcp__lockkeeper__submit_result', () => ({ files: ['README.md'] })),
  codex('mcp__lockkeeper__ask_question', () => ({ files: ['README.md'] })),
  gemini('mcp_lockkeeper_submit_result', () => ({ files: ['README.md'] })),
  vscode('mcp_lockkeeper_submit_result', () => ({ files: ['README.md'] })),
  copilot('lockkeeper-submit_result', () => ({ files: ['README.md'] })),
  cursor('MCP:submit_result', () => ({ files: ['README.md'] })),
  claude('Read', (file, project) => ({ file_path: join(project, file) })),
  claude('Grep', () => ({ pattern: 'x', path: 'src' })),
  claude('LS', () => ({ path: 'src' })),
  copilot('rg', () => ({ pattern: 'x', path: 'src' })),
  claude('TodoWrite', () => ({ todos: [] })),
  claude('Bash', () => ({ command: 'git diff | head; npm test 2>&1' })),
  claude('mcp__issues__create_issue', () => ({ title: 'x', profile: 'README.md', body: 'src/a.ts' })),
  claude('mcp__files__read_file', () => ({ path: 'README.md' })),
  codex('view_image', () => ({ path: 'README.md' })),
  gemini('read_many_files', () => ({ paths: ['README.md'] })),
  vscode('read_file', (file, project) => ({ filePath: join(project, file) })),
  copilot('view', (file, project) => ({ path: join(project, file) })),
  copilot('str_replace_editor', () => ({ command: 'view', path: 'README.md' })),
  cursor('Read', (file) => ({ path: file })),
];
