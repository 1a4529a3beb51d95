import { onslaughts, type Tally, type Target } from './onslaughts.ts';

// One process of an attack: `attacker.ts WHICH TARGET`. It goes on until it is told to stop, or nobody is left who could.
const [, , which = '', target = '{}'] = process.argv;
const ending = new AbortController();
const tally: Tally = {};
process.once('disconnect', () => process.exit(1));
process.once('message', () => ending.abort());
// Whatever breaks here is the purpose.
process.on('uncaughtException', () => undefined);
await Promise.all(
  (onslaughts[which] ?? []).map((begin) =>
    begin({ ...(JSON.parse(target) as Target), tally, over: ending.signal }),
  ),
);
process.send?.(tally, () => process.exit(0));
