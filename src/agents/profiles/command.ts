import { noTools, nothingToTrust, type Profile } from './profile.ts';

export const command: Profile = {
  id: 'command',
  label: 'Any other command',
  entries: [],
  trust: nothingToTrust,
  tools: noTools,
  cannot: ['Nothing is written for it: it finds the address and its token in its environment.'],
};
