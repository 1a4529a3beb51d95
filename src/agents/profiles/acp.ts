import { nothingToTrust, type Profile } from './profile.ts';

export const acp: Profile = {
  id: 'acp',
  label: 'An agent that speaks ACP',
  entries: [],
  trust: nothingToTrust,
  launch: {
    files: [],
    argv: [],
    passes: '(?:ANTHROPIC|OPENAI|CODEX|GEMINI|GOOGLE|MISTRAL)_\\w+',
    env: {},
    speaksAcp: true,
    hidesToken: true,
  },
  // The protocol's kinds of tools; the tools themselves have any names.
  tools: {
    writes: [{ tools: ['acp:edit', 'acp:delete', 'acp:move'], in: [] }],
    patches: [],
    shells: [{ tools: ['acp:execute'], in: ['command', 'cmd'] }],
    reads: [],
  },
  cannot: [
    'It is asked about by the protocol: what it writes by itself, without its client, only the review sees.',
  ],
};
