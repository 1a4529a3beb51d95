import { packetForm } from '../../contract/text/packetText.ts';
import type { Refusal } from '../../contract/refusal.ts';
import { workerName } from '../../core/labels.ts';
import type { State } from '../../core/state.ts';
import { at } from '../../core/table.ts';
import { visible } from '../../core/views/visible.ts';
import { knownRoles } from '../asking/choices.ts';
import type { Fix } from '../packets/flaws.ts';
import { wayOut } from '../wayOut.ts';
import { onlyRole, unclearMark } from './foundParts.ts';
import { heads } from './planDocument.ts';
import type { Unread } from './readPlan.ts';
import { fixes as words } from './sentences.ts';

const mostRoles = 5;

/** What can be done about a line that is not understood, or about what is not said. */
export function fixesOfUnread(
  state: State,
  lines: readonly string[],
  { line, code, n = 0 }: Unread,
): readonly Fix[] {
  const here = lines[line] ?? '';
  switch (code) {
    case 'unclear': {
      const task = bare(here.slice(unclearMark.length));
      const form = visible(packetForm({ task }));
      const role = onlyRole(state);
      return [
        instead(words.todo, line, `NEW TODO, role ${role}\n${form}`),
        instead(words.step, line, `NEW STEP, role ${role}: ${task}\n${form}`),
        instead(words.takeOut, line, ''),
      ];
    }
    case 'unread':
      return [instead(words.takeOut, line, '')];
    case 'unnamed':
      return unnamed(state, lines, n);
    case 'changed':
      return [instead(words.changes(n), line, here.replace(/goes on/i, 'changes'))];
    case 'fate':
      return ['goes on', 'changes', 'withdrawn: '].map((fate) =>
        instead(words.fate(n, fate), line, `TODO ${n}, ${fate}`),
      );
    case 'several':
    case 'stranger':
      return [];
  }
}

/** What can be done about what the rules refuse, at the line where it is shown. */
export function fixesOfRefusal(
  state: State,
  lines: readonly string[],
  line: number,
  { code, about, ...refusal }: Refusal,
): readonly Fix[] {
  const here = lines[line] ?? '';
  const n = about?.n ?? 0;
  switch (code) {
    case 'replan-stale':
      return [
        { title: words.again, way: { label: words.again, command: 'lockkeeper.replan', argument: {} } },
      ];
    case 'todo-roleless':
    case 'step-roleless':
      return knownRoles(state)
        .slice(0, mostRoles)
        .map(({ value }) => instead(words.role(value), line, withRole(here, value)));
    case 'step-unnamed': {
      const step = at(state.steps, n);
      const last = lines.length - 1;
      return step
        ? [
            besides(words.backStep(n), lines, last, visible(heads.step(step))),
            besides(words.dropStep(n), lines, last, `DROP STEP ${n}: `),
          ]
        : [];
    }
    case 'change-changes-nothing':
      return [instead(words.goesOn(n), line, here.replace(/changes/i, 'goes on'))];
    case 'plan-unchanged':
    case 'plan-not-affected': {
      const answers = lines.findIndex((one) => one.startsWith('ANSWERS:'));
      const [result] = state.planAffected;
      return [
        ...(answers < 0 ? [] : [instead(words.leaveOpen, answers, 'ANSWERS: ')]),
        ...(result === undefined
          ? []
          : [
              {
                title: words.stands,
                way: { label: words.stands, command: 'lockkeeper.planStands', argument: { result } },
              } as const,
            ]),
      ];
    }
    default: {
      const way = wayOut(state, { code, ...refusal, ...(about ? { about } : {}) });
      // To be here already is no way out.
      const isHere = way?.command === 'lockkeeper.replan' || way?.command === 'lockkeeper.editTodo';
      return way && !isHere ? [{ title: way.label, way }] : [];
    }
  }
}

/** A TODO of which nothing is said goes back before the plan, or is dropped. */
function unnamed(state: State, lines: readonly string[], n: number): readonly Fix[] {
  const todo = at(state.todos, n);
  if (!todo) return [];
  const plan = lines.indexOf('PLAN');
  const line = plan < 0 ? lines.length - 1 : plan;
  const before = (title: string, text: string): Fix =>
    plan < 0 ? besides(title, lines, line, text) : instead(title, line, `${text}\n\n${lines[line] ?? ''}`);
  const back =
    todo.state === 'live'
      ? heads.live(n)
      : heads.todo(todo, todo.worker === undefined ? undefined : workerName(state, todo.worker));
  return [
    before(words.back(n), visible(back)),
    ...(todo.state === 'live' ? [] : [before(words.drop(n), `DROP TODO ${n}: `)]),
  ];
}

function withRole(head: string, role: string): string {
  const [, kind = 'NEW TODO', rest = ''] = /^(NEW (?:TODO|STEP))\s*,?\s*(?:role\s*)?(.*)$/.exec(head) ?? [];
  return `${kind}, role ${visible(role)}${rest}`;
}

/** A line without the marks of a list, a quotation or a heading. */
function bare(text: string): string {
  return text.replace(/^\s*(?:[-*+•>|#]+|\d{1,9}[.)])?\s*(?:\[[ xX]\]\s*)?/u, '').trim();
}

function instead(title: string, line: number, text: string): Fix {
  return { title, edit: { line, lastLine: line, text } };
}

function besides(title: string, lines: readonly string[], line: number, text: string): Fix {
  const here = lines[line] ?? '';
  return instead(title, line, here.trim() === '' ? `\n${text}` : `${here}\n\n${text}`);
}
