import { homedir } from 'node:os';
import { relative } from 'node:path';
import type { Bonds } from './agents/bonds.ts';
import { connecting, disconnecting } from './agents/connect/changes.ts';
import { withTexts, writeAll } from './agents/connect/files.ts';
import { noFacts } from './agents/connect/parts.ts';
import { hookCommand } from './agents/launch/guardCopy.ts';
import { passedTo } from './agents/launch/agentLaunch.ts';
import type { Profile } from './agents/profiles/profile.ts';
import { profileOf, profiles } from './agents/profiles/profiles.ts';
import { takeOut, takingOut } from './composeHidden.ts';
import type { Worktrees } from './composeWorktrees.ts';
import type { Bearer } from './contract/actor.ts';
import { refusal, type Refusal } from './contract/refusal.ts';
import type { AgentsPlace, KnownAgent } from './editor/workers/agentsPlace.ts';
import type { NamedFolder } from './files/folders.ts';
import { programNamed } from './running/finding.ts';
import { runOnce } from './running/run.ts';

interface AgentsNeeds {
  /** The copy of the guard. */
  readonly guard: string;
  readonly url: () => string | undefined;
  /** What of this host's environment a program that we start may see. */
  readonly environment: () => Readonly<Record<string, string>>;
  /** The folders that are open: a program in them is not one that the person installed. */
  readonly folders: () => readonly NamedFolder[];
  readonly worktrees: () => Promise<Pick<Worktrees, 'all'>>;
  readonly isTrusted: () => boolean;
  /** Whether this window serves the endpoint, and so hears who calls. */
  readonly isServing: () => boolean;
  readonly token: (bearer: Bearer) => PromiseLike<string | undefined>;
  readonly lastContact: (bearer: Bearer) => number | undefined;
  readonly bonds: Pick<Bonds, 'strangers' | 'tried'>;
}

/** Milliseconds. */
const longestVersion = 5_000;
const longestCheck = 30_000;

/** Connecting agents; loaded when a person asks for it. */
export function agentsPlace(needs: AgentsNeeds): AgentsPlace {
  const factsFor = (id: string): { url: string; hook: string } | undefined => {
    const url = needs.url();
    return url === undefined
      ? undefined
      : { url, hook: hookCommand(id, { runtime: process.execPath, guard: needs.guard }) };
  };
  const agentIn = async (profile: Profile, folder: string): Promise<Parameters<typeof takeOut>[0]> => ({
    profile,
    folder: needs.folders().find(({ fsPath }) => fsPath === folder)?.name,
    worktrees: await (await needs.worktrees()).all(),
  });
  return {
    async known() {
      const known = await Promise.all(profiles.map((profile) => knownFrom(profile, needs)));
      return known.sort((one, other) => Number(!one.program) - Number(!other.program));
    },

    async changes(how, id, folder) {
      const profile = profileOf(id);
      if (!profile) return unknownAgent(id);
      const facts = factsFor(id) ?? (how === 'disconnect' ? noFacts : undefined);
      if (!facts) return noDoor;
      const homes = { folder, home: homedir(), own: folder };
      const change = how === 'connect' ? connecting : disconnecting;
      const made = await withTexts((look) => change(profile, facts, homes, look));
      if ('why' in made) return unreadable(relative(folder, made.path), made.why);
      return how === 'connect' ? made : [...made, ...(await takingOut(await agentIn(profile, folder)))];
    },

    async write(how, id, folder, changes) {
      const profile = profileOf(id);
      if (!profile) return unknownAgent(id);
      if (!needs.isTrusted()) return untrusted;
      try {
        const kept = [...needs.folders().map(({ fsPath }) => fsPath), homedir()];
        const write = (): Promise<string | undefined> => writeAll(changes, kept);
        const moved =
          how === 'connect' ? await write() : await takeOut(await agentIn(profile, folder), write);
        return moved === undefined ? undefined : changedMeanwhile(moved);
      } catch (error) {
        return notWritten(error instanceof Error ? error.message : String(error));
      }
    },

    trust: (id) => profileOf(id)?.trust,

    async check({ id, label, program }, folder, bearer) {
      const profile = profileOf(id);
      const [url, token] = [needs.url(), await needs.token(bearer)];
      if (url === undefined) return noDoor;
      if (!profile?.check || program === undefined || token === undefined || !needs.isTrusted())
        return notYet(label, bearer);
      if (!needs.isServing()) return elsewhere(label);
      const before = needs.lastContact(bearer);
      const strangers = needs.bonds.strangers.count;
      const { output } = await runOnce({
        argv: [program, ...profile.check.argv],
        folder,
        env: {
          ...needs.environment(),
          ...passedTo(profile.launch, process.env),
          LOCKKEEPER_URL: url,
          LOCKKEEPER_TOKEN: token,
        },
        milliseconds: longestCheck,
      });
      const isHeard = needs.lastContact(bearer) !== before;
      const isTrusted = !profile.check.distrust.some((words) => output.includes(words));
      const isStranger = needs.bonds.strangers.count !== strangers;
      const why = isHeard
        ? undefined
        : !isTrusted
          ? notTrusted(label, profile.trust)
          : isStranger
            ? wrongToken(label, bearer)
            : notHeard(label);
      needs.bonds.tried(bearer, why);
      return why;
    },
  };
}

async function knownFrom(profile: Profile, needs: AgentsNeeds): Promise<KnownAgent> {
  const { id, label, program, entries, launch, cannot } = profile;
  const isEditors = profile.isEditors === true;
  const connects = isEditors || entries.length > 0;
  const known = { id, label, connects, isEditors, launches: launch !== undefined, cannot };
  if (!program || !needs.isTrusted()) return known;
  const env = needs.environment();
  const endings = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const path = env['PATH'] ?? env['Path'] ?? '';
  const found = programNamed(program.name, {
    path,
    apart: needs.folders().map(({ fsPath }) => fsPath),
    endings,
  });
  if (found === undefined) return known;
  const { ending, output } = await runOnce({
    argv: [found, ...program.version],
    folder: homedir(),
    env,
    milliseconds: longestVersion,
  });
  const version = ending.kind === 'exit' ? /\d+\.\d+[\w.-]*/.exec(output)?.[0] : undefined;
  return { ...known, program: found, ...(version === undefined ? {} : { version }) };
}

const unknownAgent = (id: string): Refusal =>
  refusal('unknown-agent', `There is no agent ${id.slice(0, 40)}.`, 'Leave it out to be asked for it.');

const noDoor = refusal(
  'no-door',
  'The endpoint for workers is not open here.',
  'Add a worker; look at the Workers view where that does not open it.',
);

const unreadable = (file: string, why: string): Refusal =>
  refusal(
    'unreadable-configuration',
    `${file}: ${why} Nothing was changed.`,
    'Mend the file, and try again.',
  );

const changedMeanwhile = (path: string): Refusal =>
  refusal(
    'changed-meanwhile',
    `${path} is not any more what you were shown. Nothing was changed.`,
    'Try again, and look at the change anew.',
  );

const notWritten = (why: string): Refusal =>
  refusal('not-written', `The configuration could not be written: ${why}.`, 'Mend that, and try again.');

const untrusted = refusal(
  'untrusted',
  'This folder is not trusted, so nothing is written into it.',
  'Trust it, if you do.',
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
