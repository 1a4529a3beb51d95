import { usualWords, type Profile } from './profile.ts';

export const codex: Profile = {
  id: 'codex',
  label: 'Codex CLI',
  program: { name: 'codex', version: ['--version'] },
  entries: [
    {
      what: 'server',
      in: 'folder',
      file: '.codex/config.toml',
      format: 'toml',
      pointer: ['mcp_servers', 'lockkeeper'],
      value: { url: '{url}', bearer_token_env_var: 'LOCKKEEPER_TOKEN' },
    },
    {
      what: 'hook',
      in: 'folder',
      file: '.codex/hooks.json',
      format: 'json',
      pointer: ['hooks', 'PreToolUse'],
      isListed: true,
      value: { matcher: '*', hooks: [{ type: 'command', command: '{hook}', timeout: 10 }] },
    },
  ],
  launch: {
    files: [],
    argv: [
      'exec',
      '--sandbox',
      'workspace-write',
      '-c',
      'mcp_servers.lockkeeper.url="{url}"',
      '-c',
      'mcp_servers.lockkeeper.bearer_token_env_var="LOCKKEEPER_TOKEN"',
      '-c',
      'hooks.PreToolUse=[{matcher="*",hooks=[{type="command",command={"hook"},timeout=10}]}]',
      // It skips a hook that nobody trusted; this trusts ours alone, by the digest that it gives a hook.
      '-c',
      'hooks.state={"/<session-flags>/config.toml:pre_tool_use:0:0"={trusted_hash="sha256:{digest}"}}',
      '-c',
      'shell_environment_policy.exclude=["LOCKKEEPER_TOKEN"]',
      '{prompt}',
    ],
    digest:
      '{"event_name":"pre_tool_use","hooks":[{"async":false,"command":{"hook"},"timeout":10,"type":"command"}],"matcher":"*"}',
    passes: 'OPENAI_\\w+|CODEX_HOME',
    env: {},
    hidesToken: true,
  },
  // It lists its servers without calling one.
  check: {
    argv: ['mcp', 'list', '--json'],
    off: '"name": "lockkeeper",\\s*"enabled": false',
    unlisted: 'distrusted',
  },
  trust: 'Start it in its folder once, trust the project, and trust the hook with /hooks.',
  tools: {
    writes: [],
    patches: [{ tools: ['apply_patch'], in: ['command', 'input'] }],
    shells: [
      { tools: ['Bash'], in: ['command'] },
      { tools: ['shell', 'shell_command'], in: ['command'], folder: ['workdir'] },
      { tools: ['local_shell'], in: ['command'], folder: ['working_directory'] },
      { tools: ['exec_command'], in: ['cmd'], folder: ['workdir'] },
      { tools: ['write_stdin'], in: ['chars'] },
    ],
    reads: ['view_image', 'read_file', 'list_dir', 'grep_files'],
  },
  words: usualWords,
  ownCalls: { before: 'mcp__lockkeeper__' },
  cannot: [
    'It reads a project’s configuration only once the project is trusted, and skips a hook that is not, in silence.',
    'Its shell reaches no network, this machine’s own included.',
  ],
};
