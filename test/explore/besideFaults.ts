import type { Fault } from './faults.ts';
import { within } from './models.ts';

const core = (name: string): string => `src/core/${name}.ts`;
const three = within({ todos: 3 });

/** Defects of what changes the plan and the list beside the single acts. */
export const besideFaults: readonly Fault[] = [
  {
    lets: 'an agent puts planned work before an open item by a replan',
    file: core('replanning'),
    find: "actor.seat === 'user' ? undefined : plannedPutFirst(state, list)",
    replace: "actor.seat !== 'worker' ? undefined : plannedPutFirst(state, list)",
    bounds: three,
  },
  {
    lets: 'a replan takes an open item off the list for an agent',
    file: core('replanning'),
    find: "todoDeciders['drop-todo'](after, { ...asked, act: { type: 'drop-todo', ...drop } }),",
    replace:
      "todoDeciders['drop-todo'](after, { ...asked, actor: { seat: 'user' }, act: { type: 'drop-todo', ...drop } }),",
    bounds: within({}),
  },
  {
    lets: 'a replan makes a TODO of the next step’s work',
    file: core('replanning'),
    find: "todoDeciders['add-todo'](after, { ...asked, act: { type: 'add-todo', ...given } }),",
    replace:
      "todoDeciders['add-todo']({ ...after, plan: [] }, { ...asked, act: { type: 'add-todo', ...given } }),",
    bounds: within({}),
  },
  {
    lets: 'what an approval that is taken back leaves to do stands last',
    file: core('undoing'),
    find: '...(before === undefined ? {} : { before }),',
    replace: '',
    bounds: three,
  },
];
