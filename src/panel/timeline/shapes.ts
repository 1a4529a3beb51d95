import type { Shape } from '../../contract/timelineDrawing.ts';

const svg = 'http://www.w3.org/2000/svg';

/** What each element was made of. */
const made = new WeakMap<Element, Shape>();

/**
 * Makes `layers` stand in the picture, a bit at a time: at each step one more element is there or changed, so that its
 * caller can leave the rest to the next frame. Begun anew it goes on from whatever stands there.
 */
export function* drawing(picture: Element, layers: readonly Shape[]): Generator<undefined, void> {
  const elements = layers.map((layer, index) => {
    const element = picture.children[index] ?? picture.appendChild(drawn({ ...layer, inside: [] }));
    attribute(element, layer);
    return element;
  });
  for (const [index, element] of elements.entries()) yield* steps(element, layers[index]?.inside ?? []);
}

/**
 * An element of the same shape stays as it is; one that is left over becomes a shape that lacks one: to make thousands
 * of elements anew takes longer than a frame. Both are in the same order.
 */
function* steps(parent: Element, shapes: readonly Shape[]): Generator<undefined, void> {
  const wanted = new Set(shapes);
  const there = new Set([...parent.children].map((element) => made.get(element)));
  const isLeft = (element: Element): boolean => {
    const shape = made.get(element);
    return shape === undefined || !wanted.has(shape);
  };
  const left: Element[] = [];
  let next = parent.firstElementChild;
  for (const shape of shapes) {
    if (there.has(shape)) {
      for (; next && isLeft(next); next = next.nextElementSibling) left.push(next);
      next = next?.nextElementSibling ?? null;
      continue;
    }
    const here: Element | null = next && isLeft(next) ? next : null;
    if (here) next = here.nextElementSibling;
    const element = here ?? left.pop();
    const own = element && becomes(element, shape) ? element : drawn(shape);
    if (element && own !== element) element.remove();
    if (own !== here) parent.insertBefore(own, next);
    yield;
  }
  for (; next; next = next.nextElementSibling) left.push(next);
  for (const element of left) element.remove();
}

function draw(parent: Element, shapes: readonly Shape[]): void {
  for (const _ of steps(parent, shapes));
}

function attribute(element: Element, shape: Shape): void {
  const before = made.get(element);
  for (const name of Object.keys(before?.attributes ?? {}))
    if (!(name in shape.attributes)) element.removeAttribute(name);
  for (const [name, value] of Object.entries(shape.attributes))
    if (before?.attributes[name] !== value) element.setAttribute(name, String(value));
  made.set(element, shape);
}

function drawn(shape: Shape): SVGElement {
  const element = document.createElementNS(svg, shape.tag);
  attribute(element, shape);
  for (const one of inside(shape)) element.append(drawn(one));
  if (shape.text !== undefined) element.append(shape.text);
  return element;
}

/** Whether the element could be made into the shape by changing it. */
function becomes(element: Element, shape: Shape): boolean {
  const before = made.get(element);
  if (before?.tag !== shape.tag) return false;
  const hasOther = before.text !== shape.text;
  if (hasOther && (before.inside ?? shape.inside)) return false;
  attribute(element, shape);
  if (hasOther) element.textContent = shape.text ?? '';
  else draw(element, inside(shape));
  return true;
}

/** The words of a bar come with the pointer. */
function inside({ inside = [], tag }: Shape): readonly Shape[] {
  return tag === 'rect' ? [] : inside;
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

/** The signs of its buttons. */
const signs = {
  'zoom-in': 'M10.5 10.5L14.5 14.5M2 6.5A4.5 4.5 0 1 1 11 6.5A4.5 4.5 0 1 1 2 6.5ZM4.5 6.5H8.5M6.5 4.5V8.5',
  'zoom-out': 'M10.5 10.5L14.5 14.5M2 6.5A4.5 4.5 0 1 1 11 6.5A4.5 4.5 0 1 1 2 6.5ZM4.5 6.5H8.5',
  whole: 'M1.5 5.5V2.5H4.5M11.5 2.5H14.5V5.5M14.5 10.5V13.5H11.5M4.5 13.5H1.5V10.5M5 6H11V10H5Z',
  save: 'M8 1.5V10.5M4.5 7L8 10.5L11.5 7M2 11.5V14.5H14V11.5',
} as const;
export type Sign = keyof typeof signs;

export function sign(name: Sign): SVGSVGElement {
  const element = document.createElementNS(svg, 'svg');
  for (const [attribute, value] of [
    ['class', 'drawn'],
    ['viewBox', '0 0 16 16'],
    ['aria-hidden', 'true'],
  ] as const)
    element.setAttribute(attribute, value);
  element.append(drawn({ tag: 'path', attributes: { d: signs[name] } }));
  return element;
}
