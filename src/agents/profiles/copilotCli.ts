import type { Entry, Profile } from './profile.ts';

const server: Entry = {
  what: 'server',
  in: 'home',
  file: '.copilot/mcp-config.json',
  format: 'json',
  pointer: ['mcpServers', 'lockkeeper'],
  value: {
    type: 'http',
    url: '{url}',
    headers: { Authorization: 'Bearer ${LOCKKEEPER_TOKEN}' },
    tools: ['*'],
  },
};

const hook: Entry = {
  what: 'hook',
  in: 'folder',
  file: '.github/hooks/lockkeeper.json',
  format: 'json',
  pointer: ['hooks', 'preToolUse'],
  isListed: true,
  value: { type: 'command', bash: '{hook}', timeoutSec: 10 },
};

export const copilotCli: Profile = {
  id: 'copilot-cli',
  label: 'Copilot CLI',
  program: { name: 'copilot', version: ['--version'] },
  entries: [server, hook],
  launch: {
    // Its hook is a plugin of this run alone: a project's own count only where its folder is trusted.
    files: [
      { ...server, in: 'own', file: 'mcp.json' },
      { ...hook, in: 'own', file: 'plugin/hooks.json' },
      {
        what: 'hook',
        in: 'own',
        file: 'plugin/plugin.json',
        format: 'json',
        pointer: ['name'],
        value: 'lockkeeper',
      },
    ],
    argv: [
      '-p',
      '{prompt}',
      '--additional-mcp-config',
      '@{own}/mcp.json',
      '--plugin-dir',
      '{own}/plugin',
      '--allow-tool=lockkeeper',
      '--allow-tool=write',
      '--allow-tool=shell',
    ],
    // What lets it do everything unasked is not taken over.
    passes: 'COPILOT_(?!ALLOW_ALL$)\\w+',
    env: {},
    hidesToken: false,
  },
  // It lists its servers without calling one.
  check: { argv: ['mcp', 'list'], off: 'lockkeeper \\([^)]*disabled', unlisted: 'off' },
  trust: 'Start it in its folder once, and trust the folder.',
  tools: {
    writes: [
      { tools: ['create', 'edit'], in: ['path'] },
      {
        tools: ['str_replace_editor', 'str_replace_based_edit_tool'],
        in: ['path'],
        readsWith: { command: 'view' },
      },
    ],
    patches: [{ tools: ['apply_patch'], in: ['input'] }],
    shells: [
      { tools: ['bash'], in: ['command'] },
      { tools: ['write_bash'], in: ['input'] },
      { tools: ['powershell'], in: ['command'], isPowershell: true },
      { tools: ['write_powershell'], in: ['input'], isPowershell: true },
    ],
    reads: ['view', 'glob', 'grep', 'rg', 'read_bash'],
  },
  words: { tool: 'toolName', input: 'toolArgs', folder: 'cwd' },
  ownCalls: { before: 'lockkeeper-' },
  no: (sentence) => ({ permissionDecision: 'deny', permissionDecisionReason: sentence }),
  cannot: [
    'Where you connect it yourself, its MCP entry stands in the home folder, for every project at once.',
    'Its shell sees its token, which is good for its own task alone: what it hides there it hides from its hook too.',
    'Started by Lockkeeper it is given no GH_TOKEN and no GITHUB_TOKEN: log in with it once, or set COPILOT_GITHUB_TOKEN.',
  ],
};
