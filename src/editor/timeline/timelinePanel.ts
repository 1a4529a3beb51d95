import * as vscode from 'vscode';
import { type FromTimeline, fromTimeline, type Mark, type ToTimeline } from '../../contract/timeline.ts';
import { TimelineDraft } from '../../core/views/timeline.ts';
import { markPacket } from '../../core/views/markPacket.ts';
import { at } from '../../core/table.ts';
import type { CommandId } from '../ids.ts';
import { onePanel, type OnePanel } from '../questions/onePanel.ts';
import { panelHtml, panelRoots } from '../questions/panelHtml.ts';
import type { Room } from '../room.ts';
import { markUri, timelineView } from './places.ts';

interface TimelinePanel extends Pick<OnePanel<unknown>, 'revive' | 'dispose'> {
  /** Shows the timeline of that orchestration; without a number the newest one, and whatever follows it. */
  open(orchestration?: number): void;
}

/** Without the icon font, which is loaded before a page shows and is larger than all else of this one. */
const page = {
  title: 'Timeline',
  mark: 'timeline',
  styles: ['media/page.css', 'media/timeline.css'],
} as const;
/** Milliseconds between two pictures while much happens. */
const pause = 400;
/** What shows of a packet beside the picture; the whole of it opens. */
const mostShown = 6_000;

export function openTimelinePanel(room: Room): TimelinePanel {
  const history = new Followed(room);
  const panel = onePanel({
    viewType: timelineView,
    title: page.title,
    adopt: (made) => new ShownTimeline(made, room, history),
    warn: (words) => room.house.log.warn(words),
  });
  return { ...panel, open: (orchestration) => panel.opened().show(orchestration) };
}

/** What was read off the journal, kept from one panel to the next: a long day takes longer to read than to show. */
class Followed {
  readonly #room: Room;
  #draft: TimelineDraft | undefined;
  #of: number | undefined;

  constructor(room: Room) {
    this.#room = room;
  }

  /** The number of the orchestration that was shown last. */
  get of(): number | undefined {
    return this.#of;
  }

  /** Takes up what the journal holds by now; from the beginning where it is another one, or another's timeline. */
  upTo(orchestration: number | undefined): TimelineDraft | undefined {
    const { desk } = this.#room.house;
    const n = orchestration ?? this.#room.state.orchestration?.n;
    if (!desk || n === undefined) return undefined;
    if (n !== this.#of || !this.#draft || this.#draft.seq > desk.state.seq)
      this.#draft = new TimelineDraft(n);
    this.#of = n;
    for (const recorded of desk.history(this.#draft.seq)) this.#draft.hear(recorded);
    return this.#draft;
  }
}

class ShownTimeline {
  readonly #panel: vscode.WebviewPanel;
  readonly #room: Room;
  readonly #history: Followed;
  readonly #listening: vscode.Disposable;
  #orchestration: number | undefined;
  #marks: readonly Mark[] = [];
  #ready = false;
  #takesFocus = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(panel: vscode.WebviewPanel, room: Room, history: Followed) {
    this.#panel = panel;
    this.#room = room;
    this.#history = history;
    const { webview } = panel;
    const told = room.house.desk?.onTold(() => this.#postSoon());
    this.#listening = vscode.Disposable.from(
      ...(told ? [told] : []),
      webview.onDidReceiveMessage((message) => this.#receive(message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is gone; it says `ready` when it is back.
        if (!panel.visible) this.#ready = false;
      }),
    );
    const { extensionUri } = room.house.context;
    panel.iconPath = new vscode.ThemeIcon('graph-line');
    webview.options = {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: panelRoots(extensionUri),
    };
    webview.html = panelHtml(webview, extensionUri, page);
  }

  show(orchestration: number | undefined): void {
    this.#orchestration = orchestration;
    this.#takesFocus = true;
    this.#panel.reveal();
    if (this.#ready) this.#post();
    // While the page loads.
    else setTimeout(() => this.#tried(() => this.#history.upTo(orchestration)), 0);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listening.dispose();
  }

  #receive(message: unknown): void {
    const parsed = fromTimeline.safeParse(message);
    const failed = (error: unknown): void =>
      this.#room.house.log.warn('The timeline could not do what was asked.', String(error));
    if (parsed.success) this.#handle(parsed.data).catch(failed);
    else this.#room.house.log.warn('The timeline sent something that is no message; it was not used.');
  }

  async #handle(message: FromTimeline): Promise<void> {
    if (message.type === 'ready') {
      this.#ready = true;
      this.#post();
      return;
    }
    if (message.type === 'save') {
      await run('lockkeeper.saveTimeline', { orchestration: this.#history.of });
      return;
    }
    const mark = this.#marks.find(({ id }) => id === message.mark);
    if (!mark) return;
    if (message.type === 'open') return this.#open(mark);
    const text = markPacket(this.#room.state, mark.about);
    const isLong = text.length > mostShown;
    const shown = isLong ? `${text.slice(0, mostShown)}…\n⋯ It goes on: open it to read the rest. ⋯` : text;
    this.#send({ type: 'packet', mark: mark.id, text: shown });
  }

  /** A result and an open question open where they are answered, all else as a document. */
  async #open({ about }: Mark): Promise<void> {
    const { kind, n } = about;
    if (kind === 'result') return run('lockkeeper.openResult', { result: n });
    if (kind === 'question' && at(this.#room.state.questions, n)?.state === 'open')
      return run('lockkeeper.answer', { question: n });
    const document = await vscode.workspace.openTextDocument(markUri(about));
    await vscode.window.showTextDocument(document, { preview: true });
  }

  #postSoon(): void {
    if (!this.#ready) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#tried(() => this.#ready && this.#post());
    }, pause);
  }

  #tried(read: () => unknown): void {
    try {
      read();
    } catch (error) {
      this.#room.house.log.warn('The timeline cannot be read off the journal.', String(error));
    }
  }

  #post(): void {
    const timeline = this.#history.upTo(this.#orchestration)?.timeline(Date.now()) ?? null;
    this.#marks = timeline?.marks ?? [];
    this.#send({ type: 'timeline', timeline, focus: this.#takesFocus });
    this.#takesFocus = false;
  }

  #send(message: ToTimeline): void {
    void this.#panel.webview.postMessage(message);
  }
}

async function run(command: CommandId, argument: object): Promise<void> {
  await vscode.commands.executeCommand(command, argument);
}
