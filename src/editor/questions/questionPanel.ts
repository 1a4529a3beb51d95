import * as vscode from 'vscode';
import {
  fromPanel,
  type FromPanel,
  type Look,
  type Snapshot,
  type ToPanel,
} from '../../contract/panelMessages.ts';
import { at } from '../../core/table.ts';
import { awaitedQuestions, keyOf, openQuestions, questionCard } from '../../core/views/questionCards.ts';
import { visible } from '../../core/views/visible.ts';
import type { Desk } from '../../desk/desk.ts';
import { KeptDrafts } from './keptDrafts.ts';
import { openNamedFile } from './openNamedFile.ts';
import { onePanel, type OnePanel } from './onePanel.ts';
import { actOf, refusedOutcome, stamped } from './panelActs.ts';
import { panelHtml, panelRoots } from './panelHtml.ts';
import { questionPage } from './questionPage.ts';
import { viewType } from './viewType.ts';

export interface QuestionPanelNeeds {
  readonly desk: Pick<Desk, 'state' | 'trouble' | 'submit' | 'onTold'>;
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
  /** Keeps half-written answers when the panel is closed; the workspace's. */
  readonly memento: vscode.Memento;
  /** The file of that name in the worktree of a dispatch; undefined where it has none, or the file is not there. */
  readonly worktreeFile?: (dispatch: number, name: string) => Promise<vscode.Uri | undefined>;
}

interface QuestionPanel extends Pick<OnePanel<unknown>, 'revive' | 'dispose'> {
  /** Shows the panel, at one question where one is named. */
  open(question?: number): void;
}

const page = {
  title: 'Questions',
  mark: 'questions',
  styles: ['dist/codicon.css', 'media/page.css', 'media/panel.css'],
} as const;
const mostAwaited = 20;
const mostNews = 3;

/** The one panel for all open questions; made when it is first opened, or revived after a reload. */
export function openQuestionPanel(needs: QuestionPanelNeeds): QuestionPanel {
  const drafts = new KeptDrafts(needs.memento);
  const panel = onePanel({
    viewType,
    title: page.title,
    adopt: (made) => new ShownPanel(made, needs, drafts),
    warn: (words) => needs.log.warn(words),
  });
  return { ...panel, open: (question) => panel.opened().show(question) };
}

class ShownPanel {
  readonly #panel: vscode.WebviewPanel;
  readonly #needs: QuestionPanelNeeds;
  readonly #drafts: KeptDrafts;
  readonly #listening: vscode.Disposable;
  #ready = false;
  #opened: Snapshot['opened'];
  #sent = '';
  #look: Look = { filter: '' };
  /** Where the person is among the questions that match. */
  #place = 0;
  /** The open questions that this page was told of, by key. */
  #told: ReadonlyMap<string, number> | undefined;

  constructor(panel: vscode.WebviewPanel, needs: QuestionPanelNeeds, drafts: KeptDrafts) {
    this.#panel = panel;
    this.#needs = needs;
    this.#drafts = drafts;
    const { webview } = panel;
    const told = needs.desk.onTold(() => this.#refresh());
    this.#listening = vscode.Disposable.from(
      told,
      webview.onDidReceiveMessage((message) => this.#receive(message)),
      panel.onDidChangeViewState(() => {
        // A hidden page is gone; it says `ready` when it is back.
        if (!panel.visible) this.#ready = false;
      }),
    );
    panel.iconPath = new vscode.ThemeIcon('question');
    webview.options = {
      enableScripts: true,
      enableForms: false,
      localResourceRoots: panelRoots(needs.extensionUri),
    };
    webview.html = panelHtml(webview, needs.extensionUri, page);
  }

  show(question: number | undefined): void {
    this.#opened = question === undefined ? {} : { question };
    const asked = question === undefined ? undefined : at(this.#needs.desk.state.questions, question);
    if (asked?.state === 'open') this.#look = { filter: '', selected: keyOf(asked) };
    this.#panel.reveal();
    if (this.#ready) this.#post(this.#snapshot());
  }

  dispose(): void {
    this.#listening.dispose();
  }

  #receive(message: unknown): void {
    const parsed = fromPanel.safeParse(message);
    if (parsed.success) void this.#handle(parsed.data);
    else this.#needs.log.warn('The question panel sent something that is no message; it was not used.');
  }

  async #handle(message: FromPanel): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.#drafts.merge(message.drafts);
        this.#ready = true;
        this.#told = undefined;
        if (this.#opened?.question === undefined) this.#look = message;
        this.#post({ ...this.#snapshot(), drafts: this.#drafts.all });
        return;
      case 'look':
        if (message.filter !== this.#look.filter) this.#place = 0;
        this.#look = message;
        this.#refresh();
        return;
      case 'drafts':
        this.#drafts.replace(message.drafts);
        return;
      case 'open':
        return this.#openFile(message.question, message.file);
      case 'answer':
      case 'return':
        return this.#submit(message);
    }
  }

  async #submit(message: Extract<FromPanel, { type: 'answer' | 'return' }>): Promise<void> {
    const { desk } = this.#needs;
    const { id } = message;
    const act = actOf(message, desk.state);
    if ('code' in act) {
      this.#post(this.#snapshot());
      this.#post(refusedOutcome(id, act));
      return;
    }
    const reply = await desk.submit({ id, actor: { seat: 'user' }, act });
    if (reply.ok) this.#post({ type: 'outcome', id, ok: true, said: visible(reply.said) });
    else this.#post(refusedOutcome(id, reply.refusal));
  }

  async #openFile(question: number, file: number): Promise<void> {
    const asked = at(this.#needs.desk.state.questions, question);
    const name = asked?.packet.files?.[file];
    if (name === undefined) return;
    const { worktreeFile } = this.#needs;
    try {
      // The worker speaks of the file as it has it.
      const trouble = await openNamedFile(name, (named) => worktreeFile?.(asked?.dispatch ?? 0, named));
      if (trouble !== undefined) this.#post({ type: 'notice', sentence: trouble });
    } catch (error) {
      this.#needs.log.warn('A file named by a question could not be opened.', error);
      this.#post({ type: 'notice', sentence: `“${visible(name)}” could not be opened.` });
    }
  }

  /** Sends what is not as it was sent; which card of the page is chosen, the page knows itself. */
  #refresh(): void {
    if (!this.#ready) return;
    const open = openQuestions(this.#needs.desk.state);
    const isNews = open.length !== this.#told?.size || open.some((one) => !this.#told?.has(keyOf(one)));
    const snapshot = this.#look.turn || isNews ? undefined : JSON.stringify(this.#content());
    if (snapshot !== this.#sent) this.#post(this.#snapshot());
  }

  #content(): Pick<Snapshot, 'cards' | 'page' | 'awaited' | 'awaitedMore' | 'trouble'> {
    const { state, trouble } = this.#needs.desk;
    const { cards, page, selected, place } = questionPage(state, this.#look, this.#place);
    this.#look = { filter: this.#look.filter, ...(selected === undefined ? {} : { selected }) };
    this.#place = place;
    const awaited = awaitedQuestions(state);
    return {
      cards: cards.map(stamped),
      page,
      awaited: awaited.slice(0, mostAwaited),
      awaitedMore: Math.max(awaited.length - mostAwaited, 0),
      ...(trouble ? { trouble: { sentence: trouble.sentence, next: trouble.next } } : {}),
    };
  }

  /** The page as it stands, with what somebody asked to see since the last one. */
  #snapshot(): Snapshot {
    const content = this.#content();
    const opened = this.#opened;
    const { selected } = this.#look;
    this.#sent = JSON.stringify(content);
    this.#opened = undefined;
    const news = this.#news();
    return {
      type: 'snapshot',
      now: Date.now(),
      ...content,
      ...(selected === undefined ? {} : { selected }),
      ...(news ? { news } : {}),
      ...(opened ? { opened } : {}),
    };
  }

  /** What came and went since the snapshot before. */
  #news(): Snapshot['news'] {
    const { state } = this.#needs.desk;
    const open = openQuestions(state);
    const before = this.#told;
    this.#told = new Map(open.map((question) => [keyOf(question), question.n]));
    if (!before) return undefined;
    const arrived = open.filter((question) => !before.has(keyOf(question)));
    const gone = [...before].filter(([key]) => !this.#told?.has(key));
    if (arrived.length + gone.length === 0) return undefined;
    return {
      arrived: arrived.slice(0, mostNews).map((question) => {
        const { worker, question: words, blocking } = questionCard(state, question);
        return { worker, question: words, blocking: blocking.yes };
      }),
      more: Math.max(arrived.length - mostNews, 0),
      gone: gone.map(([key, n]) => ({ n, key })),
    };
  }

  #post(message: ToPanel): void {
    void this.#panel.webview.postMessage(message);
  }
}
