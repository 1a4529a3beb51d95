const minute = 60_000;

/** How long ago, as a person says it; nothing is younger than "just now". */
export function age(since: number, now: number): string {
  const minutes = Math.floor((now - since) / minute);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}
