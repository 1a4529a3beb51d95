type Attribute = string | number | boolean | undefined;

/** What may stand inside an element. A string is always text, never markup. */
export type Content = Node | string | undefined;

/** Makes an element. `true` sets an attribute without a value, `false` and undefined leave it out. */
export function el<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...content.filter((part) => part !== undefined));
  return element;
}

/** A codicon, for the eye alone: words beside it say the same. */
export function icon(name: string): HTMLElement {
  return el('span', { class: `codicon codicon-${name}`, 'aria-hidden': 'true' });
}

/** Words for a screen reader alone. */
export function spoken(words: string): HTMLElement {
  return el('span', { class: 'spoken' }, words);
}

/** An agent's text: its own writing direction, its own line breaks. */
export function agentText(words: string, className = ''): HTMLElement {
  return el('span', { class: `agent ${className}`.trim(), dir: 'auto' }, words);
}
