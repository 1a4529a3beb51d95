import type { Value } from '../profiles/profile.ts';

/** What stands in the places of a profile. No secret is among it. */
export interface Facts {
  readonly url: string;
  /** The command of its hook, for a shell. */
  readonly hook: string;
  readonly prompt?: string;
  readonly own?: string;
  readonly digest?: string;
  /** What runs a program of ours, and the one for an agent without HTTP. */
  readonly runtime?: string;
  readonly stdio?: string;
}

/** The value with its places filled in. What they are filled with may look like one; it is not filled again. */
export function filled<V extends Value>(value: V, facts: Facts): V;
export function filled(value: Value, facts: Facts): Value {
  if (typeof value === 'string')
    return value.replace(
      /\{(?:(url|hook|prompt|own|digest|runtime|stdio)|"(hook)")\}/g,
      (_, name: keyof Facts, quoted?: keyof Facts) =>
        quoted ? JSON.stringify(facts[quoted]) : (facts[name] ?? ''),
    );
  if (Array.isArray(value)) return value.map((one: Value) => filled(one, facts));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]: [string, Value]) => [key, filled(one, facts)]),
  );
}
