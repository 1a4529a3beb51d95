import type { Bearer } from '../../contract/actor.ts';
import { refusal, type Refusal } from '../../contract/refusal.ts';
import { hookSkipped, type Bonds } from '../bonds.ts';
import type { Check } from '../profiles/profile.ts';

export interface RoundTripNeeds {
  readonly url: () => string | undefined;
  readonly isTrusted: () => boolean;
  /** Whether this window serves the endpoint, and so hears who calls. */
  readonly isServing: () => boolean;
  readonly token: (bearer: Bearer) => PromiseLike<string | undefined>;
  readonly lastContact: (bearer: Bearer) => number | undefined;
  readonly bonds: Pick<Bonds, 'strangers' | 'tried' | 'nextCall' | 'forget'>;
  /** Runs a program to its end and gives what it printed. */
  readonly run: (order: {
    readonly argv: readonly string[];
    readonly folder: string;
    readonly env: Readonly<Record<string, string>>;
    readonly milliseconds: number;
  }) => Promise<{
    readonly output: string;
    readonly ending: { readonly kind: string; readonly code?: number };
  }>;
}

/** An agent as it is let look for us. */
export interface Looking {
  readonly label: string;
  readonly program: string | undefined;
  readonly check: Check | undefined;
  /** How a person lets it trust what was written for it, a sentence. */
  readonly trust: string;
  readonly env: Readonly<Record<string, string>>;
}

/** Milliseconds. */
const longest = 30_000;

/** Lets an agent look for us in a folder, as this worker or the seat. Gives why no call came, and keeps it. */
export async function roundTrip(
  agent: Looking,
  needs: RoundTripNeeds,
  folder: string,
  bearer: Bearer,
): Promise<Refusal | undefined> {
  const why = await look(agent, needs, folder, bearer);
  // Who does not hear the workers would never know that it is mended.
  if (needs.isServing()) needs.bonds.tried(bearer, why);
  return why;
}

async function look(
  { label, program, check, trust, env }: Looking,
  needs: RoundTripNeeds,
  folder: string,
  bearer: Bearer,
): Promise<Refusal | undefined> {
  const [url, token] = [needs.url(), await needs.token(bearer)];
  if (url === undefined) return noDoor;
  const later = needs.isServing() ? notYet(label, bearer) : elsewhere(label);
  if (!check || program === undefined || token === undefined || !needs.isTrusted()) return later;
  const before = needs.lastContact(bearer);
  const strangers = needs.bonds.strangers.count;
  const { output, ending } = await needs.run({
    argv: [program, ...check.argv],
    folder,
    env: { ...env, LOCKKEEPER_URL: url, LOCKKEEPER_TOKEN: token },
    milliseconds: longest,
  });
  if (needs.lastContact(bearer) !== before) return undefined;
  const says = (form: string | undefined): boolean => form !== undefined && new RegExp(form).test(output);
  if (says(check.distrusted)) return notTrusted(label, trust);
  if (says(check.off)) return switchedOff(label);
  if (needs.bonds.strangers.count !== strangers) return wrongToken(label, bearer);
  // One that cannot run, or asks for a login first, says nothing of its servers.
  if (ending.code === 0 && !output.includes('lockkeeper'))
    return check.unlisted === 'off' ? switchedOff(label) : notTrusted(label, trust);
  if (needs.url() === undefined) return noDoor;
  if (!needs.isServing() && says(check.connected)) return undefined;
  return check.connected === undefined || !needs.isServing() ? later : notHeard(label);
}

export const noDoor = refusal(
  'no-door',
  'The endpoint for workers is not open here.',
  'Add a worker; look at the Workers view where that does not open it.',
);

const elsewhere = (label: string): Refusal =>
  refusal(
    'served-elsewhere',
    `Another window serves the workers, and hears whether ${label} calls.`,
    'Look at the Workers view there, or close it and connect again.',
  );

const notYet = (label: string, bearer: Bearer): Refusal =>
  refusal(
    'not-heard',
    `${label} has not called yet.`,
    `Start it in ${terminalOf(bearer)}; the Workers view shows when it was heard.`,
  );

/** The act that opens a terminal with its token. */
const terminalOf = (bearer: Bearer): string =>
  bearer === 'orchestrator' ? 'Open a Terminal as the Orchestrator' : 'Open a Terminal as a Worker';

const notTrusted = (label: string, way: string): Refusal =>
  refusal(
    'not-trusted',
    `${label} has not called: it does not trust what was written for it.`,
    `${way} Then connect it again, to be told whether it calls.`,
  );

const wrongToken = (label: string, bearer: Bearer): Refusal =>
  refusal(
    'wrong-token',
    `${label} called with another token than its own.`,
    `Disconnect and connect it again, which writes its entry anew, and start it in ${terminalOf(bearer)}.`,
  );

const notHeard = (label: string): Refusal =>
  refusal(
    'not-heard',
    `${label} looked for its servers, and no call came.`,
    'Look whether another entry in its configuration is called lockkeeper or keeps it off, and connect it again.',
  );

const switchedOff = (label: string): Refusal =>
  refusal(
    'switched-off',
    `${label} keeps the server lockkeeper off.`,
    'Switch it on in its configuration, and connect it again.',
  );

/** It called, and the guard was not heard before it. */
export const skipped = (label: string, trust: string): Refusal =>
  refusal(
    hookSkipped,
    `A call came in its name, and no guard was heard before it: ${label} skips its hook, or cannot start it.`,
    `${trust} The Workers view shows at its next call whether it is guarded.`,
  );
