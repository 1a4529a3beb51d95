import { drafts, type Drafts, type FromPanel, kept, type Kept } from '../contract/panelMessages.ts';
import type { FromTimeline } from '../contract/timeline.ts';

interface VsCodeApi {
  postMessage(message: unknown): void;
  setState(state: unknown): void;
  getState(): unknown;
}

declare function acquireVsCodeApi(): VsCodeApi;

const api = acquireVsCodeApi();

/** What the page of the timeline says. */
export function tell(message: FromTimeline): void {
  api.postMessage(message);
}

export function send(message: FromPanel): void {
  api.postMessage(message);
}

/** VS Code keeps this over hide and reload. */
export function keep(state: Kept): void {
  api.setState(state);
}

export function keptBefore(): Kept {
  const read = kept.safeParse(api.getState());
  return read.success ? read.data : { drafts: {} };
}

const place = `drafts:${document.body.dataset.workspace ?? ''}`;

/** For the next page of this panel: what is typed after the host died reaches neither it nor VS Code's state. */
export function leaveBehind(written: Drafts): void {
  try {
    localStorage.setItem(place, JSON.stringify(written));
  } catch {
    // No storage here: then the other two copies must do.
  }
}

export function leftBehind(): Drafts {
  try {
    const read = drafts.safeParse(JSON.parse(localStorage.getItem(place) ?? '{}'));
    return read.success ? read.data : {};
  } catch {
    return {};
  }
}
