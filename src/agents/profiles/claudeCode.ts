import type { Profile } from './profile.ts';

export const claudeCode: Profile = {
  id: 'claude-code',
  label: 'Claude Code',
  program: { name: 'claude', version: ['--version'] },
  entries: [
    {
      what: 'server',
      in: 'folder',
      file: '.mcp.json',
      format: 'json',
      pointer: ['mcpServers', 'lockkeeper'],
      value: { type: 'http', url: '{url}', headers: { Authorization: 'Bearer ${LOCKKEEPER_TOKEN}' } },
    },
    {
      what: 'hook',
      in: 'folder',
      file: '.claude/settings.json',
      format: 'json',
      pointer: ['hooks', 'PreToolUse'],
      isListed: true,
      // Seconds.
      value: { matcher: '*', hooks: [{ type: 'command', command: '{hook}', timeout: 10 }] },
    },
  ],
  launch: {
    argv: [
      'claude',
      '-p',
      '{prompt}',
      '--mcp-config',
      '.mcp.json',
      '--strict-mcp-config',
      '--permission-mode',
      'acceptEdits',
      '--allowedTools',
      'mcp__lockkeeper,Read,Glob,Grep,Write,Edit,Bash',
    ],
    passes: 'ANTHROPIC_\\w+|CLAUDE_CONFIG_DIR',
    env: {},
    hidesToken: false,
  },
  tools: {
    writes: ['Write', 'Edit', 'MultiEdit', 'NotebookEdit'],
    patches: [],
    shells: ['Bash', 'Monitor'],
    reads: ['Read', 'Glob', 'Grep', 'LS', 'NotebookRead', 'LSP'],
  },
  cannot: [
    'Its shell sees its token, which is good for its own task alone.',
    'A shell command that computes its file at the run gets past the guard; the review sees it.',
  ],
};
