import * as vscode from 'vscode';
import { TerminalText } from '../../core/views/programOutput.ts';
import { visible } from '../../core/views/visible.ts';

/** A window whose page is gone opens no terminal; then the run goes on without one. */
const openWithin = 15_000;
const closes = 'Press any key to close this terminal.';

/** Where a person watches VERIFY run. It is one program after another, so it has its own pseudoterminal. */
export class VerifyTerminal implements vscode.Pseudoterminal {
  readonly #written = new vscode.EventEmitter<string>();
  readonly onDidWrite = this.#written.event;
  readonly #closed = new vscode.EventEmitter<number>();
  readonly onDidClose = this.#closed.event;
  readonly #cancel: () => void;
  #text = new TerminalText();
  #isTask = true;
  #isOver = false;
  #opened: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => {
    const late = setTimeout(resolve, openWithin);
    this.#opened = () => {
      clearTimeout(late);
      resolve();
    };
  });

  /** `cancel` is called when the person closes it. */
  constructor(cancel: () => void) {
    this.#cancel = cancel;
  }

  open(): void {
    this.#opened();
  }

  close(): void {
    this.#opened();
    // One that is over closes of itself.
    if (!this.#isOver) this.#cancel();
  }

  /** Words of ours. */
  say(words: string): void {
    this.#written.fire(`\u001b[1m${visible(words)}\u001b[22m\r\n`);
  }

  output(data: Buffer): void {
    this.#written.fire(this.#text.piece(data));
  }

  /** Behind what a program wrote: its colours end with it. */
  endOutput(): void {
    this.#written.fire(`${this.#text.end()}\u001b[0m\r\n`);
    this.#text = new TerminalText();
  }

  /** A task ends with its exit code; a terminal without one stays, to be read, until a key is pressed. */
  end(exitCode: number): void {
    this.#isOver = true;
    if (this.#isTask) return this.#closed.fire(exitCode);
    this.say(closes);
  }

  handleInput(): void {
    if (this.#isOver) this.#closed.fire(0);
  }

  /** It is shown without a task. */
  asPlain(): this {
    this.#isTask = false;
    return this;
  }
}

/**
 * Shows it as a task. Every task saves all open editors first, as the person has set it; what starts by itself must not
 * save for them, so while something is unsaved it gets a terminal without a task.
 */
export async function show(terminal: VerifyTerminal, name: string, isAsked: boolean): Promise<void> {
  const isUnsaved = vscode.workspace.textDocuments.some(({ isDirty }) => isDirty);
  if (isUnsaved && !isAsked) {
    vscode.window.createTerminal({ name, pty: terminal.asPlain(), iconPath: new vscode.ThemeIcon('beaker') });
    return;
  }
  const task = new vscode.Task(
    { type: 'lockkeeper' },
    vscode.TaskScope.Workspace,
    name,
    'Lockkeeper',
    new vscode.CustomExecution(() => Promise.resolve(terminal)),
    [],
  );
  task.presentationOptions = {
    reveal: isAsked ? vscode.TaskRevealKind.Always : vscode.TaskRevealKind.Silent,
    panel: vscode.TaskPanelKind.Dedicated,
    showReuseMessage: false,
    focus: false,
    clear: true,
  };
  await vscode.tasks.executeTask(task);
}
