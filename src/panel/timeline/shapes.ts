import type { Shape } from '../../contract/timelineDrawing.ts';

const svg = 'http://www.w3.org/2000/svg';

/** What each element was made of. */
const made = new WeakMap<Element, Shape>();

/**
 * Makes `parent` hold these shapes as elements of the page. What is there already is changed where it differs: to make
 * thousands of elements anew at every scroll takes longer than a frame. Text is text, never markup.
 */
export function draw(parent: Element, shapes: readonly Shape[]): void {
  const there = [...parent.children];
  shapes.forEach((shape, index) => {
    const element = there[index];
    if (!element) parent.append(drawn(shape));
    else if (!becomes(element, shape)) element.replaceWith(drawn(shape));
  });
  for (const element of there.slice(shapes.length)) element.remove();
}

function drawn(shape: Shape): SVGElement {
  const element = document.createElementNS(svg, shape.tag);
  for (const [name, value] of Object.entries(shape.attributes)) element.setAttribute(name, String(value));
  draw(element, inside(shape));
  if (shape.text !== undefined) element.append(shape.text);
  made.set(element, shape);
  return element;
}

/** Whether the element could be made into the shape by changing it. */
function becomes(element: Element, shape: Shape): boolean {
  const before = made.get(element);
  if (before?.tag !== shape.tag) return false;
  const hasOther = before.text !== shape.text;
  if (hasOther && (before.inside ?? shape.inside)) return false;
  for (const name of Object.keys(before.attributes))
    if (!(name in shape.attributes)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(shape.attributes))
    if (before.attributes[name] !== value) element.setAttribute(name, String(value));
  if (hasOther) element.textContent = shape.text ?? '';
  else draw(element, inside(shape));
  made.set(element, shape);
  return true;
}

/** The words of a mark are told beside the picture, those of a bar when the pointer comes to it. */
function inside({ inside = [], attributes, tag }: Shape): readonly Shape[] {
  const isTold = tag === 'rect' || attributes['data-mark'] !== undefined;
  return isTold ? inside.filter(({ tag }) => tag !== 'title') : inside;
}

/** The browser shows the words of the bar that the pointer has come to. */
export function pointedAt(element: Element): void {
  const words = made.get(element)?.inside?.find(({ tag }) => tag === 'title');
  if (words && element.tagName === 'rect' && element.childElementCount === 0) element.append(drawn(words));
}

export function emptyPicture(): SVGSVGElement {
  const element = document.createElementNS(svg, 'svg');
  element.setAttribute('class', 'view');
  element.setAttribute('aria-hidden', 'true');
  return element;
}
