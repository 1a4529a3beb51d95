import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { VscodeButton } from '@vscode-elements/elements/dist/vscode-button/vscode-button.js';

/** A button of the workbench's look. A disabled one stays reachable, so that its reason can be heard. */
export function pushButton(words: string, pushed: () => void, secondary = false): VscodeButton {
  const button = document.createElement('vscode-button');
  button.textContent = words;
  button.secondary = secondary;
  // Space would also scroll the page.
  button.addEventListener('keydown', (event) => {
    if (event.key === ' ') event.preventDefault();
  });
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') pushed();
  });
  return button;
}

/** Switches a button off for a reason that stands in the element with this id. */
export function switchOff(button: VscodeButton, off: boolean, reasonId?: string): void {
  button.setAttribute('aria-disabled', off ? 'true' : 'false');
  if (off && reasonId !== undefined) button.setAttribute('aria-describedby', reasonId);
  else button.removeAttribute('aria-describedby');
}
