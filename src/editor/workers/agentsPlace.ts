import type { Bearer } from '../../contract/actor.ts';
import type { Refusal } from '../../contract/refusal.ts';

/** An agent that Lockkeeper knows how to connect or to start. */
export interface KnownAgent {
  readonly id: string;
  readonly label: string;
  /** Where it was found on the PATH, and which version that is. */
  readonly program?: string;
  readonly version?: string;
  /** Whether there is a program to be found. */
  readonly isProgram: boolean;
  /** Whether something is written for it. */
  readonly connects: boolean;
  /** Whether a hook is written for it, which starts the guard. */
  readonly guards: boolean;
  /** Whether the editor itself offers it the endpoint, without a file. */
  readonly isEditors: boolean;
  /** Whether it can be started with its packet. */
  readonly launches: boolean;
  /** Sentences. */
  readonly cannot: readonly string[];
}

/** A file of an agent's configuration; undefined where it is not there. */
export interface ConfigChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** In the worktree of a dispatch: whose, and the file from its root. */
  readonly worktree?: { readonly worker: string; readonly file: string };
}

/** An agent by its id, and the open folder where it is connected in an older way. */
export interface OutdatedAgent {
  readonly id: string;
  readonly label: string;
  readonly folder: string;
}

/** What of connecting agents is not this window's own. */
export interface AgentsPlace {
  /** Those that are installed come first. */
  known(): Promise<readonly KnownAgent[]>;
  /**
   * For an agent that nobody knows: the ways in which the file of this name can hold its MCP servers; none where nothing
   * can be written into it. The file is relative to its folder, or begins with `~/`.
   */
  forms(file: string): readonly { readonly id: string; readonly label: string; readonly shown: string }[];
  /** Such an agent; without a form, so that it can be taken out. */
  other(file: string, form: string | undefined): KnownAgent | undefined;
  /** Keeps such an agent among the known ones, or no longer. */
  remember(how: 'connect' | 'disconnect', id: string): PromiseLike<void>;
  /** What connecting it changes in this folder, or disconnecting it, and in the worktrees of it. Nothing is written. */
  changes(
    how: 'connect' | 'disconnect',
    id: string,
    folder: string,
  ): Promise<readonly ConfigChange[] | Refusal>;
  /** Those whose configuration in an open folder is not what would be written now. */
  outdated(): Promise<readonly OutdatedAgent[]>;
  /** Writes all of it or nothing; refuses where a file is not any more what it was. */
  write(
    how: 'connect' | 'disconnect',
    id: string,
    folder: string,
    changes: readonly ConfigChange[],
  ): Promise<Refusal | undefined>;
  /** How a person lets it trust what was written for it. */
  trust(id: string): string | undefined;
  /** Lets the agent itself look for us in this folder, as this worker or the seat; gives why no call came. */
  check(agent: KnownAgent, folder: string, bearer: Bearer): Promise<Refusal | undefined>;
  /** Resolves when it has called a tool as this worker or the seat; with a refusal where its guard was not heard. */
  firstCall(agent: KnownAgent, bearer: Bearer): Promise<Refusal | undefined>;
}
