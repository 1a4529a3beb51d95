import { noTools, nothingToTrust, type Profile } from './profile.ts';

export const byHand: Profile = {
  id: 'by-hand',
  label: 'By hand',
  entries: [],
  trust: nothingToTrust,
  tools: noTools,
  cannot: ['Nothing holds its writes up: the review sees them.'],
};
