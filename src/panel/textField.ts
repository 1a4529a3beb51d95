import '@vscode-elements/elements/dist/vscode-textarea/index.js';
import type { VscodeTextarea } from '@vscode-elements/elements/dist/vscode-textarea/vscode-textarea.js';
import { el, icon } from './element.ts';

export interface TextFieldNeeds {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  /** Words that a button beside the label writes into an empty field. */
  readonly usual?: string;
  readonly changed: (value: string) => void;
}

/** A labelled text area with room for what is wrong with its words. */
export class TextField {
  readonly element: HTMLElement;
  readonly #area: VscodeTextarea;
  readonly #problem: HTMLElement;

  constructor(needs: TextFieldNeeds) {
    const { id, label, value, placeholder, usual, changed } = needs;
    const area = document.createElement('vscode-textarea');
    area.id = id;
    area.label = label;
    area.value = value;
    area.placeholder = placeholder;
    area.rows = 2;
    area.maxLength = 20_000;
    area.spellcheck = true;
    area.addEventListener('input', () => {
      if (area.invalid) this.complain(undefined, '');
      changed(area.value);
    });
    // The element has no room inside and does not grow; its inner text area can do both.
    void area.updateComplete.then(() => {
      area.wrappedElement.style.padding = '3px 6px';
      area.wrappedElement.style.setProperty('field-sizing', 'content');
      area.wrappedElement.style.minHeight = '3.6em';
    });
    this.#area = area;
    this.#problem = el('p', { class: 'problem', hidden: true });
    const head = el('div', { class: 'field-head' }, el('label', { for: id }, label));
    if (usual !== undefined) {
      const use = el(
        'button',
        { type: 'button', class: 'link usual', 'aria-label': `${label}: use “${usual}”` },
        `Use “${usual}”`,
      );
      use.addEventListener('click', () => {
        this.complain(undefined, '');
        area.value = usual;
        changed(usual);
        area.focus();
      });
      head.append(use);
    }
    this.element = el('div', { class: 'field' }, head, area, this.#problem);
  }

  focus(): void {
    void this.#area.updateComplete.then(() => this.#area.focus());
  }

  /** Says what is wrong beside the field and to a screen reader; undefined takes it back. */
  complain(why: string | undefined, better: string): void {
    showProblem(this.#problem, why, better);
    this.#area.invalid = why !== undefined;
    void this.#area.updateComplete.then(() => {
      // The element hands on a label only; its inner text area takes the rest.
      const inner = this.#area.wrappedElement;
      inner.setAttribute('aria-invalid', why === undefined ? 'false' : 'true');
      if (why === undefined) inner.removeAttribute('aria-description');
      else inner.setAttribute('aria-description', problemWords(why, better));
    });
  }
}

function problemWords(why: string, better: string): string {
  return better === '' || why.includes(`"${better}"`) ? why : `${why} For example: ${better}`;
}

/** Fills the line below a control that says what is wrong with it. */
export function showProblem(line: HTMLElement, why: string | undefined, better: string): void {
  line.hidden = why === undefined;
  if (why === undefined) line.replaceChildren();
  else line.replaceChildren(icon('error'), el('span', { dir: 'auto' }, problemWords(why, better)));
}
