import { noTools, nothingToTrust, type Profile } from './profile.ts';

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
  tools: noTools,
  cannot: [
    'It is asked about by the protocol: what it writes by itself, without its client, only the review sees.',
  ],
};
