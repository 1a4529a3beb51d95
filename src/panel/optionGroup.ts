import type { Choice, Draft, ShownCard } from '../contract/panelMessages.ts';
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import { agentText, el, icon } from './element.ts';
import { showProblem, TextField } from './textField.ts';

type Changed = (part: Pick<Draft, 'choice'> | Pick<Draft, 'noneWords'>) => void;

/**
 * The options as a radio group, the recommended one marked with a word, and "None of these". Native radio
 * buttons: those of vscode-elements present themselves to a screen reader as check boxes.
 */
export class OptionGroup {
  readonly element: HTMLElement;
  readonly #group: HTMLElement;
  readonly #radios: readonly HTMLInputElement[];
  readonly #none: HTMLInputElement;
  readonly #noneField: TextField;
  readonly #problem: HTMLElement;
  #noneWords: string;

  constructor(card: ShownCard, draft: Draft, changed: Changed) {
    const { choice } = draft;
    const chosen = choice !== undefined && 'option' in choice ? card.options.indexOf(choice.option) : -1;
    this.#noneWords = draft.noneWords;
    this.#radios = card.options.map((_, index) => radio(`option-${index}`, index === chosen));
    this.#none = radio('option-none', choice !== undefined && 'none' in choice);
    this.#noneField = new TextField({
      id: 'none-words',
      label: 'What is to be done instead',
      value: draft.noneWords,
      placeholder: 'In your words',
      changed: (words) => {
        this.#noneWords = words;
        changed({ noneWords: words });
      },
    });
    this.#radios.forEach((input, index) =>
      input.addEventListener('change', () => {
        changed({ choice: { option: card.options[index] ?? '' } });
        this.#chose();
      }),
    );
    this.#none.addEventListener('change', () => {
      changed({ choice: { none: true } });
      this.#chose();
    });
    this.#problem = el('p', { class: 'problem', id: 'chosen-problem', hidden: true });
    const rows = card.options.map((words, index) =>
      row(this.#radios[index], words, index === card.recommended.option),
    );
    this.#group = el(
      'div',
      { role: 'radiogroup', 'aria-labelledby': 'options-name', class: 'options' },
      ...rows,
      row(this.#none, 'None of these', false),
    );
    this.element = el(
      'div',
      { class: 'field' },
      el(
        'div',
        { class: 'field-head', id: 'options-name' },
        card.options.length === 0 ? 'Options: none were given' : 'Options',
      ),
      this.#group,
      this.#noneField.element,
      this.#problem,
    );
    this.#open();
  }

  get choice(): Choice {
    if (this.#none.checked) return { kind: 'none', words: this.#noneWords };
    const option = this.#radios.findIndex((input) => input.checked);
    return option === -1 ? { kind: 'nothing' } : { kind: 'option', option };
  }

  focus(): void {
    if (this.#none.checked) this.#noneField.focus();
    else (this.#radios.find((input) => input.checked) ?? this.#radios[0] ?? this.#none).focus();
  }

  complain(why: string | undefined, better: string): void {
    const inWords = this.#none.checked;
    this.#noneField.complain(inWords ? why : undefined, better);
    showProblem(this.#problem, inWords ? undefined : why, better);
    const bad = why !== undefined && !inWords;
    this.#group.setAttribute('aria-invalid', bad ? 'true' : 'false');
    if (bad) this.#group.setAttribute('aria-describedby', 'chosen-problem');
    else this.#group.removeAttribute('aria-describedby');
  }

  #chose(): void {
    this.complain(undefined, '');
    this.#open();
  }

  #open(): void {
    this.#noneField.element.hidden = !this.#none.checked;
  }
}

function radio(id: string, checked: boolean): HTMLInputElement {
  const input = el('input', { type: 'radio', name: 'chosen', id });
  input.checked = checked;
  return input;
}

function row(input: HTMLInputElement | undefined, words: string, recommended: boolean): HTMLElement {
  const badge = recommended
    ? el('vscode-badge', { class: 'recommended' }, icon('star-full'), el('span', {}, 'Recommended'))
    : undefined;
  const text = agentText(words === '' ? '(blank)' : words);
  return el(
    'label',
    { class: 'option', for: input?.id },
    input,
    el('span', { class: 'option-text' }, text, badge ? ' ' : undefined, badge),
  );
}
