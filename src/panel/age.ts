/** How long ago, in the largest unit that fits. */
function ageWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

/** The age of something by the host's clock, which need not be this one's. */
export class Ages {
  #behind = 0;

  /** `hostNow` is what the host's clock shows at this moment. */
  set(hostNow: number): void {
    this.#behind = Date.now() - hostNow;
  }

  time(at: number): HTMLTimeElement {
    const time = document.createElement('time');
    time.dateTime = new Date(at).toISOString();
    time.dataset.at = String(at);
    time.title = new Date(at + this.#behind).toLocaleString();
    this.#write(time);
    return time;
  }

  refresh(): void {
    for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-at]')) this.#write(time);
  }

  #write(time: HTMLTimeElement): void {
    const words = ageWords(Date.now() - this.#behind - Number(time.dataset.at));
    if (time.textContent !== words) time.textContent = words;
  }
}
