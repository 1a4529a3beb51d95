import type { Receipt, Row } from '../../src/journal/port.ts';
import { loadRules } from '../../src/desk/loadRules.ts';
import { evolve } from '../../src/core/evolution.ts';
import type { State } from '../../src/core/state.ts';
import type { Workspace } from '../../src/core/workspace.ts';
import { digestOf, type Command } from '../../src/desk/command.ts';
import { draw, type Drawn, type Sent } from '../../src/desk/draw.ts';
import { fromRow } from '../../src/desk/record.ts';
import type { Try } from './leadTries.ts';
import { unchanged, wordsSuffice } from '../rig/unchanged.ts';
import type { World } from './bounds.ts';
import type { Model } from './model.ts';

await loadRules();

const nothing = (): undefined => undefined;
const clock = (): number => 1_000;

const closing: Try = { actor: { seat: 'user' }, act: { type: 'close' } };
const another: Try = { actor: { seat: 'user' }, act: { type: 'release' } };

const id = 'the command';

/** What a try comes to at the desk: authority, core, rows and receipt. */
export function decided(state: State, { actor, act }: Try, workspace: Workspace = wordsSuffice): Drawn {
  const one: Sent = { command: { id, actor, act }, digest: act.type, facts: unchanged(state, act) };
  return draw(state, [one], nothing, clock, workspace);
}

function sent(state: State, { actor, act }: Try): Sent {
  const command: Command = { id, actor, act };
  return { command, digest: digestOf(command), facts: unchanged(state, act) };
}

/**
 * A crash at any point of the act that leads to a new state has all of its effect or none, and never two:
 *   before the append: the state is the one before, where it is decided as it was;
 *   between append and answer: what a restart reads from the rows is the state after, where the act, sent again,
 *   gets the first answer and does nothing, and another act under its id is refused;
 *   and sent twice at one moment, with another under its id behind it, it is done once.
 */
export function onceOnly(model: Model, world: World, one: Try, drawn: Drawn): string | undefined {
  const { state } = world;
  const { follow, keyOf, workspace = wordsSuffice } = model;
  const rows = drawn.rows.map((row, i): Row => ({ ...row, seq: state.seq + 1 + i, hash: '' }));
  const restored = keyOf(follow(world, { ...drawn, after: rows.map(fromRow).reduce(evolve, state) }));
  const { high, low } = keyOf(follow(world, drawn));
  if (restored.high !== high || restored.low !== low)
    return 'no double effect: a restart reads another state';

  const [first, behind] = [sent(state, one), sent(state, one.act.type === 'close' ? another : closing)];
  const batch = draw(state, [first, first, behind], nothing, clock, workspace);
  if (JSON.stringify(batch.rows) !== JSON.stringify(drawn.rows))
    return 'no double effect: sent twice, done twice';

  const kept = (command: string): Receipt | undefined =>
    batch.receipts.find((one) => one.command === command);
  const again = draw(drawn.after, [first, behind], kept, clock, workspace);
  if (again.rows.length > 0 || again.after !== drawn.after)
    return 'no double effect: the retry has an effect';
  const answers = [drawn.replies[0], batch.replies[0], batch.replies[1], again.replies[0]];
  if (new Set(answers.map((reply) => JSON.stringify(reply))).size !== 1) {
    return 'no double effect: the retry gets another answer';
  }
  const isReused = [batch.replies[2], again.replies[1]].every(
    (reply) => reply?.ok === false && reply.refusal.code === 'command-reused',
  );
  return isReused ? undefined : 'no double effect: one id does two things';
}
