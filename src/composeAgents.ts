import { homedir } from 'node:os';
import { relative } from 'node:path';
import { connectedIn, connecting, disconnecting, type Homes } from './agents/connect/changes.ts';
import { withTexts, writeAll } from './agents/connect/files.ts';
import { filled, type Facts } from './agents/connect/filled.ts';
import { isOutdated } from './agents/connect/outdated.ts';
import { noFacts } from './agents/connect/parts.ts';
import { noDoor, roundTrip, skipped, type RoundTripNeeds } from './agents/connect/roundTrip.ts';
import { hookCommand } from './agents/launch/guardCopy.ts';
import { passedTo } from './agents/launch/agentLaunch.ts';
import type { Profile } from './agents/profiles/profile.ts';
import { otherId, otherOf, othersAfter, serverForms } from './agents/profiles/other.ts';
import { nothingToTrust } from './agents/profiles/profile.ts';
import { profileOf, profiles } from './agents/profiles/profiles.ts';
import { takeOut, takingOut } from './composeHidden.ts';
import type { Worktrees } from './composeWorktrees.ts';
import { refusal, type Refusal } from './contract/refusal.ts';
import type { AgentsPlace, KnownAgent } from './editor/workers/agentsPlace.ts';
import type { NamedFolder } from './files/folders.ts';
import { programNamed } from './running/finding.ts';
import { runOnce } from './running/run.ts';

interface AgentsNeeds extends Omit<RoundTripNeeds, 'run'> {
  /** The copies of the guard, and of the program for an agent without HTTP. */
  readonly guard: string;
  readonly stdio: string;
  /** Agents that no profile knows and that are connected here, by their ids. */
  readonly others: {
    ids(): readonly string[];
    keep(ids: readonly string[]): PromiseLike<void>;
  };
  /** What of this host's environment a program that we start may see. */
  readonly environment: () => Readonly<Record<string, string>>;
  /** The folders that are open: a program in them is not one that the person installed. */
  readonly folders: () => readonly NamedFolder[];
  readonly worktrees: () => Promise<Pick<Worktrees, 'all'>>;
}

/** Milliseconds. */
const longestVersion = 5_000;

/** Connecting agents; loaded when a person asks for it. */
export function agentsPlace(needs: AgentsNeeds): AgentsPlace {
  const runtime = process.execPath;
  const factsFor = (id: string): Facts | undefined => {
    const url = needs.url();
    if (url === undefined) return undefined;
    return { url, hook: hookCommand(id, { runtime, guard: needs.guard }), runtime, stdio: needs.stdio };
  };
  const agentIn = async (profile: Profile, folder: string): Promise<Parameters<typeof takeOut>[0]> => ({
    profile,
    folder: needs.folders().find(({ fsPath }) => fsPath === folder)?.name,
    worktrees: await (await needs.worktrees()).all(),
  });
  return {
    async known() {
      const others = needs.others.ids().flatMap((id) => otherOf(id) ?? []);
      const known = await Promise.all([...profiles, ...others].map((profile) => knownFrom(profile, needs)));
      return known.sort((one, other) => Number(!one.program) - Number(!other.program));
    },

    forms(file) {
      const facts = factsFor('') ?? noFacts;
      return serverForms
        .filter(({ id }) => otherOf(otherId(file, id)) !== undefined)
        .map(({ id, label, pointer, value }) => {
          const shown = JSON.stringify({ [pointer.join('.')]: filled(value, facts) });
          return { id, label, shown };
        });
    },

    other(file, form) {
      const profile = otherOf(otherId(file, form));
      return profile && plainly(profile);
    },

    async remember(how, id) {
      const profile = otherOf(id);
      if (!profile) return;
      const folders = needs.folders().map(({ fsPath: folder }) => ({ folder, home: homedir(), own: folder }));
      const stands = folders.map((homes) =>
        withTexts((look) => connectedIn(profile, noFacts, homes, look)).catch(() => []),
      );
      // Another open folder may hold the same.
      const isLeft = (await Promise.all(stands)).some((entries) => entries.length > 0);
      if (how === 'connect' || !isLeft) await needs.others.keep(othersAfter(needs.others.ids(), how, id));
    },

    async changes(how, id, folder) {
      const profile = profileOf(id) ?? otherOf(id);
      if (!profile) return unknownAgent(id);
      const facts = factsFor(id) ?? (how === 'disconnect' ? noFacts : undefined);
      if (!facts) return noDoor;
      const homes: Homes = { folder, home: homedir(), own: folder };
      const change = how === 'connect' ? connecting : disconnecting;
      const made = await withTexts((look) => change(profile, facts, homes, look));
      if ('why' in made) return unreadable(relative(folder, made.path), made.why);
      return how === 'connect' ? made : [...made, ...(await takingOut(await agentIn(profile, folder)))];
    },

    async write(how, id, folder, changes) {
      const profile = profileOf(id) ?? otherOf(id);
      if (!profile) return unknownAgent(id);
      if (!needs.isTrusted()) return untrusted;
      try {
        const kept = [...needs.folders().map(({ fsPath }) => fsPath), homedir()];
        const write = (): Promise<string | undefined> => writeAll(changes, kept);
        const moved =
          how === 'connect' ? await write() : await takeOut(await agentIn(profile, folder), write);
        if (how === 'disconnect' && moved === undefined) needs.bonds.forget();
        return moved === undefined ? undefined : changedMeanwhile(moved);
      } catch (error) {
        return notWritten(error instanceof Error ? error.message : String(error));
      }
    },

    trust: (id) => profileOf(id)?.trust,

    async outdated() {
      const others = needs.others.ids().flatMap((id) => otherOf(id) ?? []);
      const looks = needs.folders().flatMap(({ fsPath: folder }) =>
        [...profiles, ...others].map(async ({ id, label, entries }) => {
          const facts = factsFor(id);
          if (!facts || entries.length === 0) return [];
          const homes: Homes = { folder, home: homedir(), own: folder };
          const besides = others.flatMap((other) => (other.id === id ? [] : other.entries));
          return (await isOutdated({ entries }, facts, homes, besides)) ? [{ id, label, folder }] : [];
        }),
      );
      return (await Promise.all(looks)).flat();
    },

    async check({ id, label, program }, folder, bearer) {
      const { check, launch, trust = nothingToTrust } = profileOf(id) ?? {};
      const env = { ...needs.environment(), ...passedTo(launch, process.env) };
      return roundTrip({ label, program, check, trust, env }, { ...needs, run: runOnce }, folder, bearer);
    },

    async firstCall({ id, label, guards }, bearer) {
      const isGuarded = await needs.bonds.nextCall(bearer);
      if (isGuarded || !guards) return undefined;
      const why = skipped(label, profileOf(id)?.trust ?? nothingToTrust);
      needs.bonds.tried(bearer, why);
      return why;
    },
  };
}

function plainly({ id, label, entries, launch, cannot, ...rest }: Profile): KnownAgent {
  const isEditors = rest.isEditors === true;
  const connects = isEditors || entries.length > 0;
  const guards = entries.some(({ what }) => what === 'hook');
  const isProgram = rest.program !== undefined;
  return { id, label, isProgram, connects, guards, isEditors, launches: launch !== undefined, cannot };
}

async function knownFrom(profile: Profile, needs: AgentsNeeds): Promise<KnownAgent> {
  const { program } = profile;
  const known = plainly(profile);
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
