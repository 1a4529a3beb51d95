import { noTools, type Profile } from './profile.ts';

export const command: Profile = {
  id: 'command',
  label: 'Any other command',
  entries: [],
  tools: noTools,
  cannot: ['Nothing is written for it: it finds the address and its token in its environment.'],
};
