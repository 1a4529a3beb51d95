import type { Locator, Page } from 'playwright-core';

/** The box in the middle of the window: command palette, picks and input boxes. */
export class QuickInput {
  readonly page: Page;
  readonly box: Locator;
  readonly input: Locator;

  constructor(page: Page) {
    this.page = page;
    this.box = page.locator('.quick-input-widget:visible');
    this.input = this.box.locator('.quick-input-box input');
  }

  row(text: string | RegExp): Locator {
    const label = this.page
      .locator('.quick-input-list-label, .label-name')
      .filter({ hasText: exactly(text) });
    return this.box.locator('.quick-input-list .monaco-list-row').filter({ has: label }).first();
  }

  /** Waits for a row that says this anywhere, not in its label alone. */
  async listed(text: RegExp): Promise<void> {
    await this.box.locator('.quick-input-list .monaco-list-row').filter({ hasText: text }).first().waitFor();
  }

  async rows(): Promise<string[]> {
    await this.box.locator('.quick-input-list .monaco-list-row').first().waitFor();
    return this.box.locator('.quick-input-list .monaco-list-row .label-name').allInnerTexts();
  }

  /** Chooses the row with this label; waits until there is one. */
  async pick(text: string | RegExp): Promise<void> {
    await this.row(text).click();
  }

  /** Ticks rows of a pick that takes many, then accepts. */
  async pickMany(...texts: readonly string[]): Promise<void> {
    for (const text of texts)
      await this.row(text).locator('.monaco-checkbox, .quick-input-list-checkbox').click();
    await this.accept();
  }

  /** Waits for a box whose title, prompt or placeholder holds `about`, types and accepts. */
  async answer(about: string | RegExp, text: string): Promise<void> {
    await this.waitFor(about);
    await this.type(text);
    await this.accept();
  }

  async waitFor(about: string | RegExp): Promise<void> {
    const placeholder = this.box.getByPlaceholder(about);
    // A row of the box before this one may hold the same words.
    const words = this.box.getByText(about).and(this.page.locator(':not(.quick-input-list *)'));
    await words.or(placeholder).first().waitFor();
  }

  async type(text: string): Promise<void> {
    await this.input.fill(text);
  }

  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  async dismiss(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.box.waitFor({ state: 'hidden' });
  }

  /** The title and the line below the box: prompt or complaint. */
  async says(): Promise<{ title: string; message: string }> {
    const text = async (selector: string) =>
      (await this.box.locator(selector).allInnerTexts()).join(' ').trim();
    return { title: await text('.quick-input-title'), message: await text('.quick-input-message') };
  }

  async runCommand(title: string): Promise<void> {
    // A key pressed while the workbench is still binding its keys is lost, a box that is closing takes no text, a
    // view that takes the focus closes it, and an open one does not look again at what may be run.
    for (let tries = 1; ; tries += 1) {
      try {
        if (!(await this.box.isVisible())) await this.page.keyboard.press('F1');
        await this.input.fill(`>${title}`, { timeout: 3000 });
        await this.row(title).click({ timeout: 4000 });
        return;
      } catch (error) {
        if (tries === 10) throw error;
        if (await this.box.isVisible()) await this.page.keyboard.press('Escape');
      }
    }
  }
}

export function exactly(text: string | RegExp): RegExp {
  return typeof text === 'string'
    ? new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`)
    : text;
}
