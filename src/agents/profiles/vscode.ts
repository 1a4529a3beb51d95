import { usualWords, type Profile } from './profile.ts';

export const vscode: Profile = {
  id: 'vscode',
  label: 'VS Code’s own agents',
  entries: [],
  isEditors: true,
  trust: 'Start the server lockkeeper in the list of MCP servers, and let it be used.',
  tools: {
    writes: [
      {
        tools: [
          'create_file',
          'createFile',
          'edit_file',
          'replace_string_in_file',
          'insert_edit_into_file',
          'edit_notebook_file',
          'editNotebook',
          'copilot_createFile',
          'copilot_editFile',
          'copilot_replaceString',
          'copilot_insertEdit',
          'copilot_editNotebook',
        ],
        in: ['filePath'],
      },
      {
        tools: ['multi_replace_string_in_file', 'copilot_multiReplaceString'],
        in: ['replacements.filePath'],
      },
      { tools: ['editFiles'], in: ['files'] },
      { tools: ['create_new_jupyter_notebook', 'rename_file', 'delete_file'], in: [] },
    ],
    patches: [{ tools: ['apply_patch', 'copilot_applyPatch'], in: ['input'] }],
    shells: [{ tools: ['run_in_terminal', 'runInTerminal', 'send_to_terminal'], in: ['command'] }],
    // A folder that is made holds nothing yet.
    reads: ['read_file', 'copilot_readFile', 'list_dir', 'create_directory', 'createDirectory', 'view_image'],
  },
  words: { ...usualWords, event: 'hookEventName' },
  ownCalls: { before: 'mcp_lockkeeper_' },
  no: (sentence) => ({
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: sentence,
    },
  }),
  cannot: [
    'No guard holds its writes up, for its hooks know no worker: the review sees them.',
    'A session of it may outlive the window, and in a worktree runs with everything allowed.',
  ],
};
