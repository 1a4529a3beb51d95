import { connect, type Agent } from '../clients.ts';
import { openHouse, wirePacketFor, type House } from '../house.ts';

/** Two workers and an agent in the orchestrator's seat, each with the real client, on a plan of two steps. */
export interface Team {
  readonly house: House;
  readonly tokens: Readonly<Record<'lead' | 'writer' | 'scribe', string>>;
  readonly lead: Agent;
  readonly writer: Agent;
  readonly scribe: Agent;
  /** What the guard answers of a write, for who holds the token. */
  guard(holder: 'lead' | 'writer' | 'scribe', path: string): Promise<Guarded>;
  /** Releases the first step and sends its first TODO to Writer. */
  beginWork(): Promise<void>;
  close(): Promise<void>;
}

interface Guarded {
  readonly allowed: boolean;
  readonly paths: readonly { readonly code?: string; readonly sentence?: string }[];
}

export const first = 'Export the function total';
const second = 'Print the function report';
export const later = 'Draw the chart of the totals';

export async function openTeam(): Promise<Team> {
  const house: House = await openHouse({ folders: () => [{ name: 'app', fsPath: house.folder }] });
  const tokens = {
    writer: (await house.addWorker('Writer')).token,
    scribe: (await house.addWorker('Scribe')).token,
    lead: await house.lendSeat(),
  };
  const writer = await connect(house.door.url, tokens.writer);
  const scribe = await connect(house.door.url, tokens.scribe);
  const lead = await connect(house.door.url, tokens.lead);
  await house.act({
    type: 'start',
    objective: 'Sum the totals',
    constraints: ['No new dependency'],
    mode: 'orchestrator-first',
  });
  const tasks = [wirePacketFor(first), wirePacketFor(second, 'src/b.ts')];
  await lead.done('add_step', { title: 'Totals', role: 'any', tasks });
  await lead.done('add_step', { title: 'Charts', role: 'any', tasks: [wirePacketFor(later, 'src/c.ts')] });
  return {
    house,
    tokens,
    lead,
    writer,
    scribe,
    async guard(holder, path) {
      const reply = await fetch(new URL('/guard', house.door.url), {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens[holder]}`, 'content-type': 'application/json' },
        body: JSON.stringify({ cwd: house.folder, paths: [path], write: true }),
      });
      return (await reply.json()) as Guarded;
    },
    async beginWork() {
      await lead.done('release_step');
      await lead.done('dispatch_todo', { worker: 'Writer' });
      await writer.done('acknowledge_task', { task: '1.1' });
    },
    async close() {
      for (const agent of [writer, scribe, lead]) await agent.close();
      await house.close();
    },
  };
}
