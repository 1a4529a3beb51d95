import { plural } from '../prompts.ts';

export const document = {
  title: 'Replan',
  titleFrom: (name: string) => `Replan from ${name}`,
  intro: [
    'Change what is to change, then press the check mark above (Lockkeeper: Use This Packet). All of it is done at',
    'once, or nothing. What stands up here is not read.',
    '  The order of the lines is the order of the list and of the plan. A live TODO goes on, changes (its worker is told',
    '  and acknowledges anew) or is withdrawn: write the word behind its number.',
    '  NEW TODO, role code          with its six fields below it',
    '  NEW STEP, role code: title   with the six fields of each task, and --- between two tasks',
    '  DROP TODO 5: why             in place of its part; DROP STEP 3: why, likewise',
  ],
  quotes: (n: number) => `It answers instruction ${n}, which it quotes:`,
  affected: (n: number) =>
    `Result ${n} says the plan is affected (take ${n} out of ANSWERS to leave it open):`,
  with: (who: string) => `with ${who}`,
  live: 'LIVE',
  list: 'LIST',
  plan: 'PLAN',
} as const;

export const found = {
  intro: (name: string) =>
    `What was found in ${name} stands below as NEW TODO and NEW STEP. A line with ?? is not understood: say what it is, or take it out.`,
  reason: (name: string) => `Taken from ${name}`,
  unclear: 'UNCLEAR',
  done: 'DONE ALREADY, shown and not read',
} as const;

export const flaws = {
  unread: 'This line is not understood. Put it into a field, or take it out.',
  unclear:
    'Nobody has said yet what this line is. Make it a TODO or a step, put it into a field, or take it out.',
  unnamed: (n: number) => `Nothing is said of TODO ${n}. Give it its place, or write: DROP TODO ${n}: why`,
  stranger: (name: string) => `There is no worker ${name}.`,
  several: 'One TODO has one packet. Write NEW TODO for another.',
  changed: (n: number) =>
    `TODO ${n} goes on as it is, and its fields are other ones. Write: changes; or take the fields out.`,
  fate: (n: number) => `Say of TODO ${n}, which is live: goes on, changes, or withdrawn.`,
} as const;

export const fixes = {
  todo: 'Make It a TODO',
  step: 'Make It a Step',
  takeOut: 'Take It Out',
  changes: (n: number) => `Say That TODO ${n} Changes`,
  goesOn: (n: number) => `Let TODO ${n} Go On as It Is`,
  fate: (n: number, fate: string) => `TODO ${n}: ${fate.replace(': ', '')}`,
  back: (n: number) => `Put TODO ${n} Back`,
  drop: (n: number) => `Drop TODO ${n}`,
  backStep: (n: number) => `Put Step ${n} Back`,
  dropStep: (n: number) => `Drop Step ${n}`,
  role: (role: string) => `Role ${role}`,
  leaveOpen: 'Leave It Open: Answer Nothing',
  stands: 'The Plan Stands',
  again: 'Replan Again',
} as const;

export const importing = {
  title: 'Start from a Plan or Checklist',
  which: 'Where is it?',
  whichFile: 'Which file?',
  files: '**/*.{md,markdown,mdx,txt}',
  text: 'a text',
  ofClipboard: 'the clipboard',
  selection: (name: string) => ({ label: '$(list-selection) What Is Selected', description: name }),
  document: (name: string) => ({ label: '$(file) The Document Shown', description: name }),
  clipboard: (begins: string) => ({ label: '$(clippy) The Clipboard', description: begins }),
  file: { label: '$(files) A File of the Workspace…', description: '' },
  opened: (steps: number, todos: number, unclear: number) =>
    `Found: ${plural(steps, 'step')}, ${plural(todos, 'TODO')}, ${plural(unclear, 'unclear line')}. Complete them, then use the document.`,
} as const;
