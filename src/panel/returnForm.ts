import { type Draft, questionFields, type QuestionField, type ShownCard } from '../contract/panelMessages.ts';
import { el } from './element.ts';
import { pushButton, switchOff } from './pushButton.ts';
import { showProblem, TextField } from './textField.ts';

export type Returning = NonNullable<Draft['returning']>;

export interface ReturnFormNeeds {
  readonly card: ShownCard;
  readonly value: Returning;
  readonly changed: (value: Returning) => void;
  readonly send: (value: Returning) => void;
  readonly cancel: () => void;
}

/** Sends a question back, once: the missing fields and a sentence. */
export class ReturnForm {
  readonly element: HTMLElement;
  readonly #boxes: ReadonlyMap<QuestionField, HTMLInputElement>;
  readonly #problem: HTMLElement;
  readonly #send: HTMLElement;
  readonly #needs: ReturnFormNeeds;
  #sentence: string;

  constructor(needs: ReturnFormNeeds) {
    this.#needs = needs;
    const { value, changed } = needs;
    this.#sentence = value.sentence;
    this.#boxes = new Map(questionFields.map((field) => [field, this.#box(field)]));
    const sentence = new TextField({
      id: 'return-sentence',
      label: 'What is missing, in a sentence',
      value: value.sentence,
      placeholder: 'Left empty, each field says itself what it lacks.',
      changed: (words) => {
        this.#sentence = words;
        changed(this.#value);
      },
    });
    const send = pushButton('Send Back', () => this.submit());
    this.#send = send;
    this.#problem = el('p', { class: 'problem', id: 'return-problem', role: 'alert', hidden: true });
    const rows = [...this.#boxes].map(([field, box]) =>
      el(
        'label',
        { class: 'option', for: box.id },
        box,
        el('span', { class: 'option-text' }, fieldName(field)),
      ),
    );
    this.element = el(
      'section',
      { class: 'return', 'aria-labelledby': 'return-name' },
      el('h3', { id: 'return-name' }, 'Send back, once'),
      el(
        'div',
        { class: 'field' },
        el('div', { class: 'field-head', id: 'return-fields' }, 'Missing fields'),
        el('div', { role: 'group', 'aria-labelledby': 'return-fields', class: 'boxes' }, ...rows),
        this.#problem,
      ),
      sentence.element,
      el('div', { class: 'buttons' }, send, pushButton('Cancel', needs.cancel, true)),
    );
  }

  focus(): void {
    const boxes = [...this.#boxes.values()];
    (boxes.find((box) => box.checked) ?? boxes[0])?.focus();
  }

  submit(): void {
    this.#needs.send(this.#value);
  }

  complain(why: string | undefined): void {
    showProblem(this.#problem, why, '');
    if (why !== undefined) this.focus();
  }

  off(off: boolean): void {
    switchOff(this.#send as Parameters<typeof switchOff>[0], off);
  }

  get #value(): Returning {
    const fields = questionFields.filter((field) => this.#boxes.get(field)?.checked);
    return { fields, sentence: this.#sentence };
  }

  #box(field: QuestionField): HTMLInputElement {
    const box = el('input', { type: 'checkbox', id: `return-${field}` });
    box.checked = this.#needs.value.fields.includes(field);
    box.addEventListener('change', () => this.#needs.changed(this.#value));
    return box;
  }
}

/** QUESTION as a person reads it. */
function fieldName(field: string): string {
  return field.charAt(0) + field.slice(1).toLowerCase();
}
