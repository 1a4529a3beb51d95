type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what is undefined: what was not said is not written. */
export function defined<T extends object>(values: T): Defined<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
}
