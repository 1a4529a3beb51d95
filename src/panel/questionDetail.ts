import type { Choice, Draft, Outcome, ShownCard, Snapshot } from '../contract/panelMessages.ts';
import type { Ages } from './age.ts';
import { agentText, el, icon } from './element.ts';
import { OptionGroup } from './optionGroup.ts';
import { pushButton, switchOff } from './pushButton.ts';
import { ReturnForm, type Returning } from './returnForm.ts';
import { questionFacts } from './questionFacts.ts';
import { showProblem, TextField } from './textField.ts';

export interface DetailNeeds {
  readonly ages: Ages;
  readonly openFile: (question: number, file: number) => void;
  readonly changed: (part: Partial<Draft>) => void;
  readonly stopReturning: () => void;
  readonly send: (card: ShownCard, choice: Choice, words: Words) => void;
  readonly sendBack: (card: ShownCard, value: Returning) => void;
}

export interface Words {
  readonly rationale: string;
  readonly constraints: string;
  readonly nextStep: string;
}

type Refused = Extract<Outcome, { ok: false }>;
type Trouble = Snapshot['trouble'];

const sendKeys = navigator.platform.startsWith('Mac') ? '⌘Enter' : 'Ctrl+Enter';

/** One question: what the worker says, and the answer in its four parts. */
export class QuestionDetail {
  readonly element: HTMLElement;
  readonly card: ShownCard;
  readonly #needs: DetailNeeds;
  readonly #heading: HTMLElement;
  readonly #options: OptionGroup;
  readonly #fields: Readonly<Record<keyof Words, TextField>>;
  readonly #words: { -readonly [Part in keyof Words]: string };
  readonly #problem = el('p', { class: 'problem', id: 'answer-problem', role: 'alert', hidden: true });
  readonly #trouble = el('p', { class: 'notice', id: 'trouble', hidden: true });
  readonly #send = pushButton('Send Answer', () => this.submit());
  readonly #return = pushButton('Send Back…', () => this.#openReturn(), true);
  readonly #returnPlace = el('div', {});
  #returnForm: ReturnForm | undefined;
  #off = false;

  constructor(card: ShownCard, draft: Draft, needs: DetailNeeds) {
    this.card = card;
    this.#needs = needs;
    this.#words = { rationale: draft.rationale, constraints: draft.constraints, nextStep: draft.nextStep };
    this.#heading = el(
      'h2',
      { tabindex: -1 },
      agentText(card.question === '' ? 'A question without words' : card.question),
    );
    this.#options = new OptionGroup(card, draft, needs.changed);
    this.#fields = {
      rationale: this.#field('rationale', 'Rationale', 'Why this one'),
      constraints: this.#field('constraints', 'Constraints', 'What the worker must keep to', 'none'),
      nextStep: this.#field('nextStep', 'Next step', 'What the worker does now', 'Go on with the TASK.'),
    };
    const noReturn =
      card.noReturn === undefined ? undefined : el('p', { class: 'hint', id: 'no-return' }, card.noReturn);
    switchOff(this.#return, noReturn !== undefined, 'no-return');
    this.element = el(
      'article',
      { class: 'question', 'aria-label': `Question ${card.n}` },
      this.#heading,
      ...questionFacts(card, needs),
      el(
        'section',
        { class: 'answer', 'aria-labelledby': 'answer-name' },
        el('h3', { id: 'answer-name' }, 'Your answer'),
        this.#options.element,
        this.#fields.rationale.element,
        this.#fields.constraints.element,
        this.#fields.nextStep.element,
        this.#problem,
        this.#trouble,
        el(
          'div',
          { class: 'buttons' },
          this.#send,
          el('span', { class: 'hint keys' }, sendKeys),
          this.#return,
        ),
        noReturn,
      ),
      this.#returnPlace,
    );
    if (draft.returning && card.noReturn === undefined) this.#showReturn(draft.returning);
  }

  focusHeading(): void {
    this.#heading.focus();
  }

  /** Sends what the person is at: the return where its form has the focus, else the answer. */
  submit(): void {
    if (this.#off) return;
    if (this.#returnForm && this.#returnPlace.contains(document.activeElement)) this.#returnForm.submit();
    else this.#needs.send(this.card, this.#options.choice, this.#words);
  }

  /** While something is on its way, or nothing can be sent. */
  allow(busy: boolean, trouble: Trouble): void {
    this.#off = busy || trouble !== undefined;
    switchOff(this.#send, this.#off, trouble ? 'trouble' : undefined);
    this.#returnForm?.off(this.#off);
    this.#trouble.hidden = trouble === undefined;
    this.#trouble.replaceChildren();
    if (trouble) this.#trouble.append(icon('warning'), el('span', {}, `${trouble.sentence} ${trouble.next}`));
  }

  /** Shows a refusal beside the fields it names, and goes to the first of them. */
  refuse(refused: Refused | undefined, returning: boolean): void {
    const flaws = refused && !returning ? refused.flaws : [];
    const parts = [
      ['CHOSEN', this.#options],
      ['RATIONALE', this.#fields.rationale],
      ['CONSTRAINTS', this.#fields.constraints],
      ['NEXT-STEP', this.#fields.nextStep],
    ] as const;
    for (const [name, part] of parts) {
      const flaw = flaws.find(({ field }) => field === name);
      part.complain(flaw?.why, flaw?.better ?? '');
    }
    const first = parts.find(([name]) => flaws.some(({ field }) => field === name));
    const whole = refused && first === undefined ? `${refused.sentence} ${refused.next}` : undefined;
    showProblem(this.#problem, returning ? undefined : whole, '');
    this.#returnForm?.complain(returning ? whole : undefined);
    first?.[1].focus();
  }

  #field(part: keyof Words, label: string, placeholder: string, usual?: string): TextField {
    return new TextField({
      id: part,
      label,
      placeholder,
      value: this.#words[part],
      ...(usual === undefined ? {} : { usual }),
      changed: (words) => {
        this.#words[part] = words;
        this.#needs.changed({ [part]: words });
      },
    });
  }

  #openReturn(): void {
    if (!this.#returnForm) {
      const value = { fields: [], sentence: '' };
      this.#needs.changed({ returning: value });
      this.#showReturn(value);
    }
    this.#returnForm?.focus();
  }

  #showReturn(value: Returning): void {
    this.#returnForm = new ReturnForm({
      card: this.card,
      value,
      changed: (returning) => this.#needs.changed({ returning }),
      send: (returning) => this.#needs.sendBack(this.card, returning),
      cancel: () => {
        this.#returnForm = undefined;
        this.#returnPlace.replaceChildren();
        this.#needs.stopReturning();
        this.#return.focus();
      },
    });
    this.#returnPlace.replaceChildren(this.#returnForm.element);
    this.#returnForm.off(this.#off);
  }
}
