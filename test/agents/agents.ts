import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anthropic } from './model/anthropic.ts';
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
  settle: (home) => {
    mkdirSync(join(home, '.claude'), { recursive: true });
    writeFileSync(join(home, '.claude.json'), JSON.stringify({ hasCompletedOnboarding: true }));
  },
};

export const realAgents: readonly RealAgent[] = [claudeCode];
