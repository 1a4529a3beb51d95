import { noTools, nothingToTrust, type Profile } from './profile.ts';

export const acp: Profile = {
  id: 'acp',
  label: 'An agent that speaks ACP',
  entries: [],
  trust: nothingToTrust,
  tools: noTools,
  cannot: ['Lockkeeper does not speak ACP yet: connect such an agent as any other command.'],
};
