import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Act } from '../../src/contract/acts.ts';
import type { Actor } from '../../src/contract/actor.ts';
import type { QuestionDraft } from '../../src/contract/packets.ts';
import { at } from '../../src/core/table.ts';
import { Desk } from '../../src/desk/desk.ts';
import { openQuestions } from '../../src/editor/questions/questions.ts';
import { openJournal } from '../../src/journal/sqlite.ts';

/** The commands of this extension, by title: a worker's acts, and what the rest of the editor asks of the panel. */
export const benchCommands = [
  'Ask',
  'Ask Softly',
  'Ask Badly',
  'Open Questions',
  'Open Newest',
  'Start Anew',
] as const;
type BenchCommand = (typeof benchCommands)[number];

const task = { dispatch: 1, epoch: 1 };
const writer: Actor = { seat: 'worker', worker: 1 };
const user: Actor = { seat: 'user' };

const hard: QuestionDraft = {
  question: 'Which of the two water levels closes the gate?',
  context: 'src/gate.js reads both sensors, and no test names one of them.',
  files: ['src/gate.js:12', '../secret.txt'],
  options: [
    'The upper level: early, and water is lost',
    'The lower level: late, which the rule allows',
    'Both',
  ],
  recommended: '2',
  blocking: true,
};
const soft: QuestionDraft = {
  question: 'May I rename waterLevel to level?',
  context: 'It reads better.',
  files: [],
  options: ['Yes', 'No, leave it'],
  recommended: 'No, leave it',
  blocking: false,
};
const bad: QuestionDraft = {
  question: '<img src=x onerror=alert(1)> **bold** [click](command:workbench.action.quit) \u202eevil',
  options: ['<b>only</b>'],
  recommended: 'javascript:alert(1)',
  blocking: 'perhaps',
};

const began: readonly (readonly [Actor, Act])[] = [
  [user, { type: 'start', objective: 'A gate that closes', constraints: [], mode: 'orchestrator-first' }],
  [
    user,
    {
      type: 'add-worker',
      name: 'Writer',
      role: 'code',
      runs: { kind: 'rehearsal' },
      tokenHash: 'f'.repeat(64),
      expires: 9e12,
    },
  ],
  [
    user,
    {
      type: 'add-todo',
      role: 'code',
      packet: {
        task: 'Write the gate of lock 3 in src/gate.js',
        scope: ['src/gate.js'],
        notYourJob: ['docs/'],
        doneWhen: ['`npm test` prints "12 passing"'],
        verify: ['npm test'],
        priority: 'normal',
      },
    },
  ],
  [user, { type: 'dispatch', worker: 1 }],
];

/** An extension with a real journal, desk and question panel, and a worker that is a few commands. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const folder = context.storageUri?.fsPath;
  if (folder === undefined) return;
  let bench = await openBench(context, folder);
  const commands: Record<BenchCommand, () => unknown> = {
    Ask: () => bench.ask(hard),
    'Ask Softly': () => bench.ask(soft),
    'Ask Badly': async () => {
      await bench.ask(bad);
      await bench.ask({});
    },
    'Open Questions': () => bench.panel.open(),
    'Open Newest': () => bench.panel.open(bench.desk.state.questions.size),
    'Start Anew': async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      bench.dispose();
      await rm(folder, { recursive: true });
      const { workspaceState } = context;
      for (const key of workspaceState.keys()) await workspaceState.update(key, undefined);
      bench = await openBench(context, folder);
    },
  };
  let turn: Promise<unknown> = Promise.resolve();
  for (const title of benchCommands) {
    context.subscriptions.push(
      // One after the other: what is asked for next is asked of the bench that stands then.
      vscode.commands.registerCommand(`bench.${title.replace(' ', '')}`, () => {
        turn = turn.then(commands[title]);
      }),
    );
  }
  context.subscriptions.push({ dispose: () => bench.dispose() });
}

async function openBench(context: vscode.ExtensionContext, folder: string) {
  const log = vscode.window.createOutputChannel('Bench', { log: true });
  const journal = await openJournal({
    file: join(folder, 'bench.sqlite'),
    headFile: join(folder, 'head.json'),
  });
  const desk = new Desk(journal, Date.now);
  const status = vscode.window.createStatusBarItem('bench', vscode.StatusBarAlignment.Left, 1000);
  const tell = (): void => {
    const { questions } = desk.state;
    const last = at(questions, questions.size);
    const answers = [...Array(questions.size).keys()].flatMap(
      (n) => at(questions, n + 1)?.answer?.chosen ?? [],
    );
    status.text = `Bench: ${[...answers, last?.missing.map(({ why }) => why).join(' ')].join(' | ')}`;
    status.show();
  };
  const act = async (actor: Actor, wanted: Act): Promise<void> => {
    const reply = await desk.submit({ id: randomUUID(), actor, act: wanted });
    if (!reply.ok) log.warn(JSON.stringify(reply.refusal));
  };
  const { extensionUri, workspaceState: memento } = context;
  const panel = openQuestions({ desk, extensionUri, log, memento });
  const own = [panel, desk.onTold(tell), desk, { dispose: () => journal.close() }, status, log];
  if (desk.state.orchestration === undefined) for (const [actor, wanted] of began) await act(actor, wanted);
  tell();
  return {
    desk,
    panel,
    ask: (packet: QuestionDraft) => act(writer, { type: 'ask', ...task, packet }),
    dispose: () => {
      for (const one of own) one.dispose();
    },
  };
}
