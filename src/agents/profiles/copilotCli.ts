import type { Profile } from './profile.ts';

export const copilotCli: Profile = {
  id: 'copilot-cli',
  label: 'Copilot CLI',
  program: { name: 'copilot', version: ['--version'] },
  entries: [
    {
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
    },
    {
      what: 'hook',
      in: 'folder',
      file: '.github/hooks/lockkeeper.json',
      format: 'json',
      pointer: ['hooks', 'preToolUse'],
      isListed: true,
      value: { type: 'command', bash: '{hook}', timeoutSec: 10 },
    },
  ],
  trust: 'Start it in its folder once, and trust the folder.',
  tools: {
    writes: ['create', 'edit', 'str_replace_editor', 'str_replace_based_edit_tool'],
    patches: ['apply_patch'],
    shells: ['bash', 'write_bash', 'powershell', 'write_powershell'],
    reads: ['view', 'glob', 'grep', 'rg', 'read_bash'],
  },
  no: (sentence) => ({ permissionDecision: 'deny', permissionDecisionReason: sentence }),
  cannot: ['Its MCP entry stands in the home folder, for every project at once.'],
};
