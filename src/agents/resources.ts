import { ResourceNotFoundError } from '@modelcontextprotocol/server';
import type { ReadResourceResult, Resource, ResourceTemplateType } from '@modelcontextprotocol/server';
import { at } from '../core/table.ts';
import { presentWorkers } from '../core/worker.ts';
import type { Caller, Room } from './call.ts';
import { syncLines } from './leadViews.ts';

const mimeType = 'text/plain';
const syncUri = 'lockkeeper://sync-status';
const taskUri = (worker: number): string => `lockkeeper://task/${worker}`;

/** What is listed at once; the template names the rest. */
const mostListed = 50;

/**
 * P10: what can be read again by whoever forgot: a worker its own task, the seat the summary and the task of each
 * worker. None is subscribed to: a stream would outlive its token, and `get_task` waits for news.
 */
export function resourcesFor({ desk }: Room, { holder }: Caller): Resource[] {
  if (holder.seat === 'worker') return [taskResource(holder.worker, 'Your task')];
  const { state } = desk;
  const atWork = state.live.flatMap((n) => at(state.dispatches, n)?.worker ?? []);
  const workers = [...new Set([...atWork, ...presentWorkers(state).map(({ n }) => n)])].slice(0, mostListed);
  return [
    {
      uri: syncUri,
      name: 'sync-status',
      title: 'Sync status',
      description: 'How all of it stands, in at most 20 lines.',
      mimeType,
    },
    ...workers.map((n) => taskResource(n, `Task of worker ${n}`)),
  ];
}

/** The seat reads the task of any worker by its number. */
export function templatesFor({ holder }: Caller): ResourceTemplateType[] {
  if (holder.seat === 'worker') return [];
  return [
    { uriTemplate: 'lockkeeper://task/{worker}', name: 'task', title: 'The task of a worker', mimeType },
  ];
}

/** Another worker's task is answered as one that is not there. */
export async function readResource(room: Room, { holder }: Caller, uri: string): Promise<ReadResourceResult> {
  if (uri === syncUri && holder.seat === 'orchestrator') {
    return answered(uri, `${(await syncLines(room)).join('\n')}\n`);
  }
  const worker = Number(/^lockkeeper:\/\/task\/([1-9]\d{0,8})$/.exec(uri)?.[1] ?? 0);
  const known = at(room.desk.state.workers, worker);
  const isTheirs = holder.seat === 'orchestrator' || holder.worker === worker;
  if (!known || known.removed || !isTheirs) throw new ResourceNotFoundError(uri);
  const { taskDocument } = await import('../core/views/taskDocument.ts');
  return answered(uri, taskDocument(room.desk.state, worker));
}

function taskResource(worker: number, title: string): Resource {
  return {
    uri: taskUri(worker),
    name: `task-${worker}`,
    title,
    description: 'Packet, answers, constraints, feedback, rejections, freezes: all that holds of it now.',
    mimeType,
  };
}

function answered(uri: string, text: string): ReadResourceResult {
  return { contents: [{ uri, mimeType, text }] };
}
