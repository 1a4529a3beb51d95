const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** A moment for the axis. */
export function dayAndTime(at: number, isDay: boolean): string {
  return isDay ? day.format(at) : time.format(at);
}

/** A moment for a person, whole. */
export function moment(at: number): string {
  return `${day.format(at)}, ${time.format(at)}`;
}
