import type { Shape } from '../../contract/timelineDrawing.ts';

const svg = 'http://www.w3.org/2000/svg';

/** A shape as an element of the page. Its text is text; the words of a mark are told beside the picture. */
export function drawn({ tag, attributes, text, inside }: Shape): SVGElement {
  const element = document.createElementNS(svg, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  for (const one of inside ?? []) {
    if (one.tag !== 'title' || attributes['data-mark'] === undefined) element.append(drawn(one));
  }
  if (text !== undefined) element.append(text);
  return element;
}

export function emptyPicture(): SVGSVGElement {
  const element = document.createElementNS(svg, 'svg');
  element.setAttribute('class', 'view');
  element.setAttribute('aria-hidden', 'true');
  return element;
}
