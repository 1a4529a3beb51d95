import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { root } from './places.ts';
import { QuickInput } from './quickInput.ts';
import type { Server } from './server.ts';
import { type Theme, themes } from './settings.ts';
import { Tree } from './tree.ts';
import { until } from './until.ts';

const open = new Set<Workbench>();

/** `npm run shots` asks for them. */
const takesPictures = process.env['LOCKKEEPER_SHOTS'] === '1';

/** The windows that tests have open now, for a picture when one fails. */
export const openWorkbenches: ReadonlySet<Workbench> = open;

/** A real workbench in a page, driven as a person would. Everything waits for what it needs. */
export class Workbench {
  readonly server: Server;
  readonly page: Page;
  readonly quickInput: QuickInput;

  private constructor(server: Server, page: Page) {
    this.server = server;
    this.page = page;
    this.quickInput = new QuickInput(page);
    open.add(this);
    page.once('close', () => open.delete(this));
  }

  static async open(server: Server, page: Page, folder?: string): Promise<Workbench> {
    const workbench = new Workbench(server, page);
    const response = await page.goto(server.url(folder));
    if (response?.ok() !== true)
      throw new Error(`The workbench answered ${response?.status()}\n${server.printed()}`);
    await workbench.ready();
    return workbench;
  }

  /** The window is drawn and its extensions are known. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .statusbar-item').first().waitFor();
    await this.activity('Lockkeeper').waitFor();
  }

  activity(name: string): Locator {
    return this.page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${name}\\b`) });
  }

  /**
   * Shows a container of the activity bar. A click hides one that is shown, and in the rehearsal project ours shows
   * itself, perhaps just before the click.
   */
  async openContainer(name = 'Lockkeeper'): Promise<void> {
    const tab = this.activity(name);
    await tab.waitFor();
    const title = this.page.locator('.sidebar .title-label').filter({ hasText: new RegExp(`^${name}`, 'i') });
    await until(
      async () => {
        if ((await tab.getAttribute('aria-expanded')) !== 'true') await tab.click();
        return title.isVisible();
      },
      (isShown) => isShown,
    );
  }

  /** The number on the container's icon; empty without one. */
  async activityBadge(name = 'Lockkeeper'): Promise<string> {
    return (await this.activity(name).locator('.badge-content').allInnerTexts()).join('').trim();
  }

  tree(view: string): Tree {
    return new Tree(this.page, view);
  }

  async runCommand(title: string): Promise<void> {
    await this.quickInput.runCommand(title);
  }

  /** The content of a webview; with several open, the one whose frame has this title. */
  webview(title?: string): FrameLocator {
    const own = title === undefined ? '' : `[title=${JSON.stringify(title)}]`;
    return this.page.frameLocator('iframe.webview.ready').frameLocator(`#active-frame${own}`);
  }

  editorTab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name });
  }

  /** The active editor once it holds this file: its tab may have been there, or be there before its text is. */
  editorOf(path: string): Locator {
    return this.page.locator(
      `.editor-group-container.active .monaco-editor[data-uri$=${JSON.stringify(path)}]`,
    );
  }

  /** Opens an empty document of no file; what is typed goes there. */
  async openUntitled(): Promise<void> {
    await this.runCommand('File: New Untitled Text File');
    const own = this.page.locator('.editor-group-container.active .monaco-editor[data-uri^="untitled:"]');
    await own.and(this.page.locator('.focused')).waitFor();
  }

  /** A button in the title of the active editor. */
  async editorAction(name: string): Promise<void> {
    const active = this.page.locator('.editor-group-container.active .title');
    await active.getByRole('button', { name }).click();
  }

  /** Replaces all that the editor of a tab holds, in few lines. A document that is still being opened takes no text. */
  async replaceText(tab: string | RegExp, text: string): Promise<void> {
    await this.editorTab(tab).waitFor();
    const editor = this.page.locator('.editor-group-container.active .monaco-editor');
    const lines = editor.locator('.view-lines').first();
    const plain = (words: string): string => words.replaceAll(/\s/g, ' ').trim();
    const isThere = async (): Promise<boolean> => {
      const shown = plain(await lines.innerText({ timeout: 5_000 }));
      return text.split('\n').every((line) => shown.includes(plain(line)));
    };
    const once = async (): Promise<boolean> => {
      await lines.click();
      await this.page.keyboard.press('Control+A');
      await this.page.keyboard.insertText(text);
      return until(isThere, Boolean, 3_000).catch(() => false);
    };
    await until(once, Boolean);
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }

  /** Toasts now on screen. VS Code shows three, and at most three new ones in 800 ms; `notifications` has all. */
  async toasts(): Promise<string[]> {
    return this.page.locator('.notification-toast .notification-list-item-message').allInnerTexts();
  }

  /** Everything in the notification centre, newest first. */
  async notifications(): Promise<string[]> {
    const centre = this.page.locator('.notifications-center.visible');
    // It hides itself when the last one in it goes, as a progress does that has ended.
    const show = async (): Promise<boolean> => {
      await this.runCommand('Notifications: Show Notifications');
      return centre.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
    };
    await until(show, Boolean);
    const texts = await centre.locator('.notification-list-item-message').allInnerTexts();
    await this.page.keyboard.press('Escape');
    await centre.waitFor({ state: 'hidden' });
    return texts;
  }

  async clearNotifications(): Promise<void> {
    await this.runCommand('Notifications: Clear All Notifications');
    await this.page.locator('.notification-toast').first().waitFor({ state: 'detached' });
  }

  /** Waits until this was said: as a toast, else in the notification centre, where all of them end. */
  async notified(text: string | RegExp): Promise<Locator> {
    const toast = this.toast(text);
    const seen = await toast.waitFor({ timeout: 2000 }).then(
      () => true,
      () => false,
    );
    if (seen) return toast;
    const centre = this.page.locator('.notifications-center.visible');
    await this.runCommand('Notifications: Show Notifications');
    const entry = centre.locator('.notification-list-item').filter({ hasText: text }).first();
    await entry.waitFor();
    return entry;
  }

  async answerNotification(text: string | RegExp, button: string): Promise<void> {
    // A toast may leave for the notification centre just now.
    const once = async (): Promise<boolean> => {
      const notification = await this.notified(text);
      const clicked = notification
        .getByRole('button', { name: button, exact: true })
        .click({ timeout: 5_000 });
      return clicked.then(
        () => true,
        () => false,
      );
    };
    await until(once, Boolean);
  }

  dialog(text: string | RegExp = ''): Locator {
    return this.page.locator('.monaco-dialog-box').filter({ hasText: text });
  }

  async answerDialog(text: string | RegExp, button: string): Promise<void> {
    const dialog = this.dialog(text);
    await dialog.getByRole('button', { name: button, exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }

  statusItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  /** What Lockkeeper's own item says; the others tell of ports and cursors. */
  async ownStatus(): Promise<string> {
    return (await this.page.locator('.statusbar-item[id*="lockkeeper"]').innerText()).trim();
  }

  async statusBar(): Promise<string[]> {
    const texts = await this.page.locator('.statusbar-item:visible').allInnerTexts();
    return texts.map((text) => text.trim()).filter((text) => text !== '');
  }

  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  async setTheme(theme: Theme): Promise<void> {
    const { label, className } = themes[theme];
    await this.runCommand('Preferences: Color Theme');
    await this.quickInput.type(label);
    await this.quickInput.pick(label);
    await this.page.locator(`.monaco-workbench.${className}`).waitFor();
  }

  /** A picture to look at, where pictures are asked for: to draw one and to pack it takes a quarter of a second. */
  async shot(name: string): Promise<void> {
    if (takesPictures) await this.picture(name);
  }

  /** The same in every theme. */
  async shots(name: string): Promise<void> {
    if (!takesPictures) return;
    for (const theme of Object.keys(themes) as Theme[]) {
      await this.setTheme(theme);
      await this.picture(`${name}-${theme}`);
    }
  }

  /** Writes `shots/NAME.png`, the mouse out of the way. */
  async picture(name: string): Promise<string> {
    const path = join(root, 'shots', `${name}.png`);
    await mkdir(dirname(path), { recursive: true });
    await this.page.mouse.move(0, 0);
    await this.page.screenshot({ path, animations: 'disabled' });
    return path;
  }
}
