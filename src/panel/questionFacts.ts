import type { ShownCard } from '../contract/panelMessages.ts';
import '@vscode-elements/elements/dist/vscode-badge/index.js';
import type { Ages } from './age.ts';
import { agentText, type Content, el, icon } from './element.ts';

interface FactNeeds {
  readonly ages: Ages;
  readonly openFile: (question: number, file: number) => void;
}

/** What the worker says beside the question itself; the options stand in the answer. */
export function questionFacts(card: ShownCard, needs: FactNeeds): readonly HTMLElement[] {
  const facts = el(
    'dl',
    {},
    ...fact('Context', agentOr(card.context, 'Nothing was said.')),
    ...fact('Files', files(card, needs)),
  );
  if (card.recommended.option === undefined) {
    facts.append(...fact('Recommended', ...outsideOptions(card.recommended.words)));
  }
  if (card.blocking.words !== '') {
    const read = card.blocking.yes ? ' (counts as yes)' : ' (counts as no)';
    facts.append(...fact('Blocking', agentText(card.blocking.words), read));
  }
  return [about(card, needs), ...notices(card), facts];
}

function about(card: ShownCard, { ages }: FactNeeds): HTMLElement {
  const work = card.work.flatMap((words) => [agentText(words), ' · ']);
  return el(
    'div',
    { class: 'about' },
    el(
      'vscode-badge',
      {},
      icon(card.blocking.yes ? 'question' : 'comment'),
      el('span', {}, card.blocking.yes ? 'Blocking' : 'Not blocking'),
    ),
    card.missing.length > 0
      ? el('vscode-badge', {}, icon('warning'), el('span', {}, 'Incomplete'))
      : undefined,
    el(
      'span',
      { class: 'about-words' },
      `Question ${card.n} · `,
      agentText(card.worker),
      ' · ',
      ...work,
      'asked ',
      ages.time(card.at),
    ),
  );
}

function notices(card: ShownCard): readonly HTMLElement[] {
  const notices: HTMLElement[] = [];
  if (card.missing.length > 0) {
    const lacks = card.missing.map(({ why }) => el('li', {}, agentText(why)));
    notices.push(
      el(
        'div',
        { class: 'notice' },
        icon('warning'),
        el('div', {}, 'It was sent back once and is still incomplete.', el('ul', {}, ...lacks)),
      ),
    );
  }
  if (card.hides) {
    const words =
      'Some of this text holds characters that cannot be seen, or letters that pass for others. They are written as \\u{…}.';
    notices.push(el('p', { class: 'notice' }, icon('warning'), el('span', {}, words)));
  }
  return notices;
}

function fact(name: string, ...content: readonly Content[]): readonly HTMLElement[] {
  return [el('dt', {}, name), el('dd', {}, ...content)];
}

function agentOr(words: string, otherwise: string): HTMLElement {
  return words === '' ? el('span', { class: 'hint' }, otherwise) : agentText(words);
}

function outsideOptions(words: string): readonly Content[] {
  if (words === '') return [agentOr('', 'None was named.')];
  return [agentText(words), el('span', { class: 'hint' }, ' (none of the options)')];
}

function files(card: ShownCard, { openFile }: FactNeeds): HTMLElement {
  if (card.files.length === 0) return agentOr('', 'None.');
  const rows = card.files.map((name, place) => {
    const open = el(
      'button',
      { type: 'button', class: 'link', title: 'Open beside' },
      icon('go-to-file'),
      agentText(name),
    );
    open.addEventListener('click', () => openFile(card.n, place));
    return el('li', {}, open);
  });
  return el('ul', { class: 'files' }, ...rows);
}
