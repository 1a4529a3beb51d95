import { usualWords, type Profile } from './profile.ts';

export const cursor: Profile = {
  id: 'cursor',
  label: 'Cursor',
  entries: [
    {
      what: 'server',
      in: 'folder',
      file: '.cursor/mcp.json',
      format: 'json',
      pointer: ['mcpServers', 'lockkeeper'],
      value: { url: '{url}', headers: { Authorization: 'Bearer ${env:LOCKKEEPER_TOKEN}' } },
    },
    {
      what: 'hook',
      in: 'folder',
      file: '.cursor/hooks.json',
      format: 'json',
      pointer: ['hooks', 'preToolUse'],
      isListed: true,
      value: { command: '{hook}' },
    },
  ],
  trust: 'Switch the server lockkeeper on in its settings for MCP, and look whether its hook is on.',
  tools: {
    writes: [
      { tools: ['Write', 'Edit', 'TabWrite', 'search_replace'], in: ['file_path'] },
      { tools: ['StrReplace', 'Delete'], in: ['path'] },
      { tools: ['EditNotebook'], in: ['target_notebook'] },
      { tools: ['edit_file', 'delete_file'], in: ['target_file'] },
    ],
    patches: [{ tools: ['ApplyPatch'], in: ['patch'] }],
    shells: [
      { tools: ['Shell'], in: ['command'], folder: ['working_directory'] },
      { tools: ['run_terminal_cmd'], in: ['command'] },
    ],
    reads: ['Read', 'TabRead', 'Grep', 'Glob', 'LS', 'SemanticSearch', 'codebase_search'],
  },
  words: { ...usualWords, folder: 'workspace_roots' },
  // It tells of a server's call by the call's name alone.
  ownCalls: { before: 'MCP:', isWithoutServer: true },
  no: (sentence) => ({ permission: 'deny', agent_message: sentence, user_message: sentence }),
  events: { beforeShellExecution: 'Shell', beforeReadFile: 'Read', beforeTabFileRead: 'Read' },
  cannot: ['It is started from its own window, with the worker’s environment, or finds no token.'],
};
