import type { Locator, Page } from 'playwright-core';
import { exactly } from './quickInput.ts';
import { until } from './until.ts';

export interface TreeItem {
  readonly label: string;
  readonly description: string;
  /** What a screen reader says. */
  readonly spoken: string;
  readonly level: number;
  readonly expanded: boolean | undefined;
}

/** An element of the page; the tests know no DOM. */
interface Row {
  readonly innerText: string;
  querySelectorAll(selector: string): Iterable<Row>;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { readonly y: number };
}

/** A row as the page tells of it. */
interface Shown extends Omit<TreeItem, 'expanded'> {
  readonly expanded: string | null;
  readonly top: number;
}

/** One view of the side bar, found by the name in its header. Rows out of sight are not in the page. */
export class Tree {
  readonly page: Page;
  readonly pane: Locator;
  readonly name: string;

  constructor(page: Page, name: string) {
    this.page = page;
    this.name = name;
    const header = page.locator('.pane-header h3.title').filter({ hasText: exactly(name) });
    this.pane = page.locator('.pane').filter({ has: header });
  }

  async expandView(): Promise<void> {
    const header = this.pane.locator('.pane-header');
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
  }

  async collapseView(): Promise<void> {
    const header = this.pane.locator('.pane-header');
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }

  /** The first row whose label is `text`, or matches it. */
  row(text: string | RegExp): Locator {
    const label = this.page.locator('.label-name').filter({ hasText: exactly(text) });
    return this.pane.getByRole('treeitem').filter({ has: label }).first();
  }

  /** What it shows at one moment, from the top. A row that was listed and then redrawn would be waited for. */
  async items(): Promise<TreeItem[]> {
    const read = (rows: unknown): Shown[] =>
      (rows as Row[]).map((row) => {
        const text = (selector: string): string =>
          Array.from(row.querySelectorAll(selector), ({ innerText }) => innerText)
            .join(' ')
            .trim();
        return {
          label: text('.label-name'),
          description: text('.label-description'),
          spoken: row.getAttribute('aria-label') ?? '',
          level: Number(row.getAttribute('aria-level')),
          expanded: row.getAttribute('aria-expanded'),
          top: row.getBoundingClientRect().y,
        };
      });
    const shown = await this.pane.getByRole('treeitem').evaluateAll(read);
    return shown
      .sort((one, other) => one.top - other.top)
      .map(({ top: _, expanded, ...item }) => ({
        ...item,
        expanded: expanded === null ? undefined : expanded === 'true',
      }));
  }

  /** What comes in meanwhile moves the rows: a press on another one than was meant is taken back, and tried again. */
  async click(text: string | RegExp): Promise<void> {
    const { source, flags } = exactly(text);
    const pressed = async (): Promise<boolean> => {
      await this.page.evaluate(guard, { source, flags });
      // Not its label: a long one would be scrolled to its middle.
      await this.row(text).click();
      return this.page.evaluate(() => {
        const page = globalThis as unknown as Guarded;
        page.guarding?.abort();
        return page.pressedOther !== true;
      });
    };
    await until(pressed, Boolean);
  }

  async expand(text: string | RegExp): Promise<void> {
    const row = this.row(text);
    await row.waitFor();
    if ((await row.getAttribute('aria-expanded')) === 'false')
      await row.locator('.monaco-tl-twistie').click();
  }

  /** The tooltip of a row, with these words in it. A row that is redrawn loses its tooltip; a person points again. */
  async tooltip(text: string | RegExp, words: string): Promise<Locator> {
    const tooltip = this.page.locator('.monaco-hover:visible').filter({ hasText: words });
    const point = async (): Promise<boolean> => {
      await this.page.mouse.move(0, 0);
      await this.row(text).hover();
      return tooltip.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    };
    await until(point, Boolean);
    return tooltip;
  }

  /** A button that shows on a row under the mouse. A row that moves away from there hides it; a person points again. */
  async inlineAction(text: string | RegExp, action: string): Promise<void> {
    const row = this.row(text);
    const button = row.getByRole('button', { name: action, exact: true });
    const pressed = async (): Promise<boolean> => {
      await this.page.mouse.move(0, 0);
      await row.hover();
      return button.click({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    };
    await until(pressed, Boolean);
  }

  async contextMenu(text: string | RegExp, entry: string): Promise<void> {
    await this.row(text).locator('.label-name').first().click({ button: 'right' });
    await chooseFromMenu(this.page, entry);
  }

  /** A button in the view's header. */
  async titleAction(action: string): Promise<void> {
    await this.pane.locator('.pane-header').hover();
    await this.pane.locator('.pane-header').getByRole('button', { name: action, exact: true }).click();
  }

  /** The view's message, above its rows. */
  async message(): Promise<string> {
    return (await this.pane.locator('.message').allInnerTexts()).join('\n').trim();
  }

  /** The welcome text and buttons of an empty view. */
  welcome(): Locator {
    return this.pane.locator('.welcome-view-content');
  }

  async badge(): Promise<string> {
    return (await this.pane.locator('.pane-header .monaco-count-badge').allInnerTexts()).join('').trim();
  }
}

interface Press {
  readonly type: string;
  readonly target: { closest(selector: string): Row | null };
  stopImmediatePropagation(): void;
}

interface Guarded {
  guarding?: AbortController;
  pressedOther?: boolean;
  addEventListener(type: string, listener: (press: Press) => void, options: object): void;
}

/** In the page: the next press of the mouse reaches nothing unless it is on a row with this label. */
function guard({ source, flags }: { source: string; flags: string }): void {
  const page = globalThis as unknown as Guarded;
  page.guarding = new AbortController();
  page.pressedOther = false;
  const look = (press: Press): void => {
    if (press.type === 'pointerdown') {
      const row = press.target.closest('.monaco-list-row');
      const labels = Array.from(row?.querySelectorAll('.label-name') ?? [], ({ innerText }) => innerText);
      page.pressedOther = !labels.some((label) =>
        new RegExp(source, flags).test(label.replaceAll(/\s+/g, ' ').trim()),
      );
    }
    if (page.pressedOther === true) press.stopImmediatePropagation();
  };
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click'])
    page.addEventListener(type, look, { capture: true, signal: page.guarding.signal });
}

/** By keyboard: a menu takes no click in its first tenth of a second. */
async function chooseFromMenu(page: Page, entry: string): Promise<void> {
  const item = page.getByRole('menuitem', { name: entry, exact: true });
  await item.hover();
  await page.locator('.monaco-menu .action-item.focused').filter({ has: item }).waitFor();
  await page.keyboard.press('Enter');
  await item.waitFor({ state: 'hidden' });
}
