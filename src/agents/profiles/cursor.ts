import type { Profile } from './profile.ts';

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
  },
  no: (sentence) => ({ permission: 'deny', agent_message: sentence, user_message: sentence }),
  events: { beforeShellExecution: 'Shell', beforeReadFile: 'Read', beforeTabFileRead: 'Read' },
  cannot: ['It is started from its own window, with the worker’s environment, or finds no token.'],
};
