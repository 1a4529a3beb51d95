import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anthropic, anthropicForCopilot } from './model/anthropic.ts';
import { google } from './model/google.ts';
import { openai } from './model/openai.ts';
import type { Dialect } from './model/script.ts';

/** A real agent as the tests start it. */
export interface RealAgent {
  readonly id: string;
  /** Its argument list: the program, and what comes before the arguments of its profile. */
  readonly program: string;
  readonly dialect: Dialect;
  /** What its environment names: the model, and that it keeps to itself. Every key is made up. */
  readonly environment: (model: string, home: string) => Readonly<Record<string, string>>;
  /** A file of its configuration as a person wrote it. */
  readonly settings: { readonly file: string; readonly text: string };
  /** What a person starts it with, in the folder that is open. */
  readonly byHand: readonly string[];
  /** A hook that goes wrong and lets everything through, where it is not one that fails. */
  readonly broken?: string;
  /** The same where the person has not trusted its hook, if it makes a difference. */
  readonly untrusted?: readonly string[];
  /** What the person adds to the arguments that a worker of it is started with. */
  readonly more: readonly string[];
  /** What its own look for its servers tells. */
  readonly look: {
    /** It calls them, and does not only list them. */
    readonly calls: boolean;
    /** The person does not let it use the server of a folder, or does, where that shows. */
    readonly trust?: (does: boolean, home: string, folder: string) => void;
    /** The person switches the server off, and on again. */
    readonly off: (does: boolean, home: string, folder: string) => void;
  };
  /** What it needs in its home folder. */
  readonly settle: (home: string, folder: string, model: string) => void;
}

const packages = fileURLToPath(new URL('node_modules', import.meta.url));
const { platform, arch } = process;

const claudeCode: RealAgent = {
  id: 'claude-code',
  // The package's own program is put in place by an install script; this is what that would put there.
  program: join(packages, `@anthropic-ai/claude-code-${platform}-${arch}`, 'claude'),
  dialect: anthropic,
  environment: (model) => ({
    ANTHROPIC_BASE_URL: model,
    ANTHROPIC_API_KEY: 'made-up',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    DISABLE_TELEMETRY: '1',
  }),
  settings: { file: '.mcp.json', text: '{\n\t"mcpServers": {\n\t}\n}\n' },
  byHand: [
    '-p',
    'Work.',
    '--mcp-config',
    '.mcp.json',
    '--permission-mode',
    'acceptEdits',
    '--allowedTools',
    'mcp__lockkeeper,Write,Edit,Bash',
  ],
  more: [],
  look: {
    calls: true,
    trust: (does, home, folder) => {
      const servers = does ? { enabledMcpjsonServers: ['lockkeeper'] } : {};
      const projects = { [folder]: { hasTrustDialogAccepted: does, ...servers } };
      writeFileSync(join(home, '.claude.json'), JSON.stringify({ hasCompletedOnboarding: true, projects }));
    },
    // It moves there which servers a person has let it use.
    off: (does, _, folder) => {
      const file = join(folder, '.claude', 'settings.local.json');
      const there = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {};
      writeFileSync(file, JSON.stringify({ ...there, disabledMcpjsonServers: does ? ['lockkeeper'] : [] }));
    },
  },
  settle: (home) => {
    mkdirSync(join(home, '.claude'), { recursive: true });
    writeFileSync(join(home, '.claude.json'), JSON.stringify({ hasCompletedOnboarding: true }));
  },
};

const codex: RealAgent = {
  id: 'codex',
  program: join(packages, '.bin', 'codex'),
  dialect: openai,
  environment: () => ({ OPENAI_API_KEY: 'made-up' }),
  settings: { file: '.codex/config.toml', text: '# Mine.\nmodel_verbosity = "low"\n' },
  byHand: ['exec', '--dangerously-bypass-hook-trust', '--sandbox', 'workspace-write', 'Work.'],
  untrusted: ['exec', '--sandbox', 'workspace-write', 'Work.'],
  more: [],
  look: {
    calls: false,
    trust: (does, home) => {
      const file = join(home, '.codex', 'config.toml');
      const level = `trust_level = "${does ? 'trusted' : 'untrusted'}"`;
      writeFileSync(file, readFileSync(file, 'utf8').replace(/trust_level = "\w+"/, level));
    },
    off: (does, _, folder) => {
      const file = join(folder, '.codex', 'config.toml');
      const text = readFileSync(file, 'utf8').replace('enabled = false\n', '');
      writeFileSync(file, does ? text.replace('bearer_token', 'enabled = false\nbearer_token') : text);
    },
  },
  settle: (home, folder, model) => {
    mkdirSync(join(home, '.codex'), { recursive: true });
    const config = [
      'model = "gpt-5.5"',
      'model_provider = "scripted"',
      'approval_policy = "never"',
      'check_for_update_on_startup = false',
      'features.plugins = false',
      'analytics.enabled = false',
      '[model_providers.scripted]',
      'name = "scripted"',
      `base_url = "${model}/v1"`,
      'wire_api = "responses"',
      'env_key = "OPENAI_API_KEY"',
      'request_max_retries = 0',
      'stream_max_retries = 0',
      `[projects."${folder}"]`,
      'trust_level = "trusted"',
    ];
    writeFileSync(join(home, '.codex', 'config.toml'), `${config.join('\n')}\n`);
  },
};

const gemini: RealAgent = {
  id: 'gemini',
  program: join(packages, '.bin', 'gemini'),
  dialect: google,
  environment: (model) => ({
    GEMINI_API_KEY: 'made-up',
    GOOGLE_GEMINI_BASE_URL: model,
    GEMINI_CLI_TRUST_WORKSPACE: 'true',
  }),
  settings: {
    file: '.gemini/settings.json',
    text: '{\n  // Mine.\n  "ui": {\n    "hideTips": true\n  }\n}\n',
  },
  byHand: ['-p', 'Work.', '-m', 'gemini-2.5-pro', '--approval-mode', 'auto_edit'],
  more: ['-m', 'gemini-2.5-pro'],
  look: {
    calls: true,
    trust: (does) => {
      if (does) process.env['GEMINI_CLI_TRUST_WORKSPACE'] = 'true';
      else delete process.env['GEMINI_CLI_TRUST_WORKSPACE'];
    },
    off: (does, home) => {
      const file = join(home, '.gemini', 'settings.json');
      const settings = JSON.parse(readFileSync(file, 'utf8')) as object;
      writeFileSync(file, JSON.stringify({ ...settings, mcp: { excluded: does ? ['lockkeeper'] : [] } }));
    },
  },
  settle: (home) => {
    mkdirSync(join(home, '.gemini'), { recursive: true });
    const settings = {
      security: { auth: { selectedType: 'gemini-api-key' } },
      privacy: { usageStatisticsEnabled: false },
      general: { disableAutoUpdate: true, enableAutoUpdate: false },
    };
    writeFileSync(join(home, '.gemini', 'settings.json'), JSON.stringify(settings));
  },
};

const copilotCli: RealAgent = {
  id: 'copilot-cli',
  program: join(packages, '.bin', 'copilot'),
  dialect: anthropicForCopilot,
  environment: (model) => ({
    COPILOT_PROVIDER_BASE_URL: model,
    COPILOT_PROVIDER_TYPE: 'anthropic',
    COPILOT_PROVIDER_API_KEY: 'made-up',
    COPILOT_MODEL: 'claude-sonnet-4.5',
    COPILOT_OFFLINE: 'true',
    COPILOT_AUTO_UPDATE: 'false',
  }),
  settings: { file: '.github/hooks/lockkeeper.json', text: '{\n  "version": 1\n}\n' },
  byHand: ['-p', 'Work.', '--trust-folder', '--allow-all-tools'],
  // A hook that fails is a no to it.
  broken: 'true',
  untrusted: ['-p', 'Work.', '--allow-all-tools'],
  look: {
    calls: false,
    off: (does, home) => {
      const file = join(home, '.copilot', 'settings.json');
      if (does) writeFileSync(file, '{ "disabledMcpServers": ["lockkeeper"] }');
      else rmSync(file);
    },
  },
  more: [],
  settle: (home) => {
    mkdirSync(join(home, '.copilot'), { recursive: true });
  },
};

/** The same program as any agent that speaks ACP: nothing is known of it but its command. */
export const acpAgent: RealAgent = { ...gemini, id: 'acp', more: ['--acp', '-m', 'gemini-2.5-pro'] };

export const realAgents: readonly RealAgent[] = [claudeCode, codex, gemini, copilotCli];
