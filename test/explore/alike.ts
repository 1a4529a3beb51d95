import type { World } from './bounds.ts';
import { decided } from './effects.ts';
import type { Model } from './model.ts';

/** What every try comes to: who asks for what, the answer's code, and the key of the state after it. */
function answersIn({ triesIn, follow, keyOf, workspace }: Model, world: World): string {
  const lines = triesIn(world.state).map((one) => {
    const drawn = decided(world.state, one, workspace);
    const [reply] = drawn.replies;
    const { high, low } = keyOf(follow(world, drawn));
    return `${one.actor.seat} ${one.act.type} ${reply?.ok === false ? reply.refusal.code : ''} ${high}.${low}`;
  });
  return lines.join('\n');
}

/**
 * Whether what `identity.ts` leaves out cannot matter: two histories that lead to one key get the same answer to
 * every try, and are one key again after it. The first difference, in words; nothing where there is none.
 */
export function difference(model: Model): string | undefined {
  const { start, triesIn, follow, isFollowed, isWithin, keyOf, workspace } = model;
  const known = new Map<string, string>();
  const name = (world: World): string => {
    const { high, low } = keyOf(world);
    return `${high}.${low}`;
  };
  const first = start();
  const queue = [first];
  known.set(name(first), answersIn(model, first));
  for (const world of queue) {
    for (const one of triesIn(world.state)) {
      const after = follow(world, decided(world.state, one, workspace));
      if (after.state === world.state || !isFollowed(one) || !isWithin(after)) continue;
      const answers = answersIn(model, after);
      const before = known.get(name(after));
      known.set(name(after), before ?? answers);
      if (before === undefined) queue.push(after);
      else if (before !== answers) {
        const lines = before.split('\n');
        const at = answers.split('\n').findIndex((line, i) => line !== lines[i]);
        return `after ${JSON.stringify(one.act)}: “${lines[at]}” or “${answers.split('\n')[at]}”`;
      }
    }
  }
  return undefined;
}
