import { usualWords, type Entry, type Profile } from './profile.ts';

const server: Entry = {
  what: 'server',
  in: 'folder',
  file: '.mcp.json',
  format: 'json',
  pointer: ['mcpServers', 'lockkeeper'],
  value: { type: 'http', url: '{url}', headers: { Authorization: 'Bearer ${LOCKKEEPER_TOKEN}' } },
};

const hook: Entry = {
  what: 'hook',
  in: 'folder',
  file: '.claude/settings.json',
  format: 'json',
  pointer: ['hooks', 'PreToolUse'],
  isListed: true,
  // Seconds.
  value: { matcher: '*', hooks: [{ type: 'command', command: '{hook}', timeout: 10 }] },
};

export const claudeCode: Profile = {
  id: 'claude-code',
  label: 'Claude Code',
  program: { name: 'claude', version: ['--version'] },
  entries: [server, hook],
  launch: {
    files: [
      { ...server, in: 'own', file: 'mcp.json' },
      { ...hook, in: 'own', file: 'settings.json' },
    ],
    argv: [
      '-p',
      '{prompt}',
      '--mcp-config',
      '{own}/mcp.json',
      '--strict-mcp-config',
      '--settings',
      '{own}/settings.json',
      '--permission-mode',
      'acceptEdits',
      '--allowedTools',
      'mcp__lockkeeper,Read,Glob,Grep,Write,Edit,Bash',
    ],
    passes: 'ANTHROPIC_\\w+|CLAUDE_CONFIG_DIR|CLAUDE_CODE_(?:USE|DISABLE|MAX|OAUTH)_\\w+|DISABLE_\\w+',
    env: {},
    hidesToken: false,
  },
  check: {
    argv: ['mcp', 'list'],
    connected: 'lockkeeper: .* Connected',
    distrusted: 'lockkeeper: .*Pending approval',
    unlisted: 'off',
  },
  trust: 'Start it in its folder once, and let it use the server lockkeeper.',
  tools: {
    writes: [
      { tools: ['Write', 'Edit', 'MultiEdit'], in: ['file_path'] },
      { tools: ['NotebookEdit'], in: ['notebook_path'] },
    ],
    patches: [],
    shells: [{ tools: ['Bash', 'Monitor'], in: ['command'] }],
    reads: ['Read', 'Glob', 'Grep', 'LS', 'NotebookRead', 'LSP'],
  },
  words: usualWords,
  ownCalls: { before: 'mcp__lockkeeper__' },
  cannot: [
    'Its shell sees its token, which is good for its own task alone.',
    'A shell command that computes its file at the run gets past the guard; the review sees it.',
  ],
};
