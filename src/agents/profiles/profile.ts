/**
 * An agent as data. Strings may hold places that are filled in where they are used: `{url}` the address of the door,
 * `{hook}` the command of its hook, `{"hook"}` the same between quotes, `{prompt}` the first words for it, `{own}` a
 * folder of the worker's own.
 */
export interface Profile {
  /** What a hook's command names it by, and what is kept of a connection. */
  readonly id: string;
  /** What a person reads. */
  readonly label: string;
  /** The program on the PATH, and what it is asked its version with. */
  readonly program?: { readonly name: string; readonly version: readonly string[] };
  /** What is written for it; the first one with `server` is its MCP entry. */
  readonly entries: readonly Entry[];
  readonly launch?: Launch;
  /** The editor itself offers it the endpoint, without a file. */
  readonly isEditors?: true;
  readonly check?: Check;
  /** How a person lets it trust what was written for it, a sentence. */
  readonly trust: string;
  readonly tools: Tools;
  /** What its hook is given, where it has one. */
  readonly words?: Words;
  /** What stands before the name of a call of Lockkeeper's own; its server may be left out of it. */
  readonly ownCalls?: { readonly before: string; readonly isWithoutServer?: true };
  /** What is printed on a no, for an agent that may not look at exit code 2. */
  readonly no?: (sentence: string) => object;
  /** Events of its own for what others call tools, and the tool that each stands for. */
  readonly events?: Readonly<Record<string, string>>;
  /** What its guard and its connection cannot do, each a sentence. */
  readonly cannot: readonly string[];
}

/** How it is asked about its MCP servers, and what its answer shows: forms of text. */
export interface Check {
  /** The argument list behind the program. */
  readonly argv: readonly string[];
  /** It calls the servers that it lists, and says this of ours; one that only lists them is heard with its first call. */
  readonly connected?: string;
  /** It does not trust what was written for it. */
  readonly distrusted?: string;
  /** It was told to leave our server alone. */
  readonly off?: string;
  /** What it means where ours is not listed. */
  readonly unlisted: 'distrusted' | 'off';
}

/** One thing that is written into one of its configuration files. */
export interface Entry {
  readonly what: 'server' | 'hook';
  /** Relative to the folder it works in, to the person's home, or to a folder of the worker's own. */
  readonly in: 'folder' | 'home' | 'own';
  readonly file: string;
  readonly format: 'json' | 'toml';
  /** The keys that lead to it from the root. */
  readonly pointer: readonly string[];
  /** It is one of the list that stands there. */
  readonly isListed?: true;
  readonly value: Value;
}

export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** How a worker of it is started. Its token comes in the environment; no file of the project is touched. */
export interface Launch {
  /** What is written for it first, into the folder of the worker's own. */
  readonly files: readonly Entry[];
  /** The argument list behind the program. */
  readonly argv: readonly string[];
  /** A text whose SHA-256, in hexadecimal, goes into the place `{digest}` of its arguments. */
  readonly digest?: string;
  /** Names of the person's environment that it needs besides the usual ones: a form for the whole name. */
  readonly passes: string;
  readonly env: Readonly<Record<string, string>>;
  /** It is started by our client of ACP, which gives it its packet and rules on what it writes. */
  readonly speaksAcp?: true;
  /** Whether its shell is kept from seeing its token. */
  readonly hidesToken: boolean;
}

/** How it names its tools, and where in their input stands what they write. */
export interface Tools {
  /** Tools that change the files they name. */
  readonly writes: readonly Told[];
  /** Tools whose text is a patch with the files in it. */
  readonly patches: readonly Told[];
  /** Tools that run a shell's text. */
  readonly shells: readonly Told[];
  /** Tools that only read, although they name files. */
  readonly reads: readonly string[];
}

/**
 * Tools of a kind that tell alike. What is not said here, or stands elsewhere in a call, is told by the names of fields
 * (`guard/fields.ts`): what is known of an agent adds to that, and takes nothing from it.
 */
export interface Told {
  readonly tools: readonly string[];
  /** The fields with the files, the patch or the command. `edits.path` is the field `path` of each in the list `edits`. */
  readonly in: readonly string[];
  /** The fields with the folder in which a shell's text runs. */
  readonly folder?: readonly string[];
  /** The text is PowerShell's. */
  readonly isPowershell?: true;
  /** Fields, and what stands in them where the tool only reads. */
  readonly readsWith?: Readonly<Record<string, string>>;
}

/** The names of fields in what its hook is given of a call. */
export interface Words {
  readonly tool: string;
  readonly input: string;
  readonly event?: string;
  /** The folder it works in, or a list that begins with it. */
  readonly folder?: string;
}

/** As most have copied them from each other. */
export const usualWords: Words = {
  tool: 'tool_name',
  input: 'tool_input',
  event: 'hook_event_name',
  folder: 'cwd',
};

export const noTools: Tools = { writes: [], patches: [], shells: [], reads: [] };

/** Of one for which nothing is written. */
export const nothingToTrust = 'Let it use the server lockkeeper, and trust its hook, if it asks.';
