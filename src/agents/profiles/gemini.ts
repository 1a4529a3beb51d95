import { usualWords, type Entry, type Profile } from './profile.ts';

const server: Entry = {
  what: 'server',
  in: 'folder',
  file: '.gemini/settings.json',
  format: 'json',
  pointer: ['mcpServers', 'lockkeeper'],
  value: { httpUrl: '{url}', headers: { Authorization: 'Bearer ${LOCKKEEPER_TOKEN}' }, trust: true },
};

const hook: Entry = {
  what: 'hook',
  in: 'folder',
  file: '.gemini/settings.json',
  format: 'json',
  pointer: ['hooks', 'BeforeTool'],
  isListed: true,
  // Milliseconds.
  value: {
    matcher: '.*',
    hooks: [{ name: 'lockkeeper', type: 'command', command: '{hook}', timeout: 10_000 }],
  },
};

export const gemini: Profile = {
  id: 'gemini',
  label: 'Gemini CLI',
  program: { name: 'gemini', version: ['--version'] },
  entries: [server, hook],
  launch: {
    files: [
      { ...server, in: 'own', file: 'settings.json' },
      { ...hook, in: 'own', file: 'settings.json' },
    ],
    argv: ['-p', '{prompt}', '--approval-mode', 'auto_edit', '--allowed-tools', 'run_shell_command'],
    passes: 'GEMINI_\\w+|GOOGLE_\\w+',
    env: { GEMINI_CLI_TRUST_WORKSPACE: 'true', GEMINI_CLI_SYSTEM_SETTINGS_PATH: '{own}/settings.json' },
    hidesToken: false,
  },
  check: {
    argv: ['mcp', 'list'],
    connected: 'lockkeeper: .* Connected',
    distrusted: 'folder is untrusted|not trusted',
    off: 'lockkeeper: .*(?:Blocked|Disabled)',
    unlisted: 'off',
  },
  trust: 'Start it in its folder once, and trust the folder.',
  tools: {
    writes: [{ tools: ['write_file', 'replace', 'edit'], in: ['file_path'] }],
    patches: [],
    shells: [{ tools: ['run_shell_command'], in: ['command'], folder: ['dir_path', 'directory'] }],
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
  words: usualWords,
  ownCalls: { before: 'mcp_lockkeeper_' },
  cannot: [
    'It loads a folder’s configuration only where it trusts the folder.',
    'It reads nothing that is written for it where others may write in a folder above.',
    'Started by Lockkeeper it does not read the settings that this machine has for all its users.',
  ],
};
