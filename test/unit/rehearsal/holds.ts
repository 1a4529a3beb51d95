import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from '../../rig/until.ts';
import { storyFile } from './story.ts';

type Json = Record<string, unknown>;

/** Says that it was reached, and ends when it is told to go. */
const program = `
  const { existsSync, writeFileSync } = require('node:fs');
  const [place] = process.argv.slice(1);
  writeFileSync(place + '.reached', '');
  setInterval(() => existsSync(place + '.go') && process.exit(0), 10);
`;

/** The story with a place to stop before every act, where a test can do something to the worker. */
export class Holds {
  readonly script: string;
  readonly #folder: string;
  readonly #story: Json;
  readonly #holds = new Map<string, Json>();

  constructor(folder: string) {
    this.#folder = join(folder, 'holds');
    mkdirSync(this.#folder);
    const story = JSON.parse(readFileSync(storyFile, 'utf8')) as { parts: Json; scenes: Json[] };
    const parts = Object.fromEntries(
      Object.entries(story.parts).map(([name, acts]) => [name, this.#held(acts)]),
    );
    const scenes = story.scenes.map((scene) => ({
      ...scene,
      acts: this.#held(scene['acts']),
      again: this.#held(scene['again']),
    }));
    this.script = join(folder, 'story.json');
    this.#story = { ...story, parts, scenes };
    this.#write();
  }

  /** Calls `act` at each hold, which must let it go, until the playing ends. Gives the number of holds reached. */
  async during(playing: Promise<void>, act: (letGo: () => void) => Promise<void>): Promise<number> {
    let over = false;
    const end = playing.finally(() => (over = true));
    end.catch(() => undefined);
    for (;;) {
      const place = await until(
        () => this.waiting(),
        (found) => over || found !== undefined,
      );
      if (over || place === undefined) break;
      await act(() => this.#letGo(place));
    }
    await end;
    return readdirSync(this.#folder).filter((name) => name.endsWith('.go')).length;
  }

  /** The hold where a worker waits now. */
  waiting(): string | undefined {
    return readdirSync(this.#folder)
      .filter((name) => name.endsWith('.reached'))
      .map((name) => join(this.#folder, name.slice(0, -'.reached'.length)))
      .find((place) => !existsSync(`${place}.go`));
  }

  #held(acts: unknown): readonly Json[] {
    const doesNothing = new Set<unknown>(['when', 'part', 'pause']);
    return ((acts ?? []) as Json[]).flatMap((act) =>
      doesNothing.has(act['do']) ? [this.#inside(act)] : [this.#hold(), this.#inside(act)],
    );
  }

  #inside(act: Json): Json {
    const { branches, then, otherwise } = act;
    const held: Json = { ...act };
    if (branches)
      held['branches'] = (branches as Json[]).map((one) => ({ ...one, acts: this.#held(one['acts']) }));
    if (then) held['then'] = this.#held(then);
    if (otherwise) held['otherwise'] = this.#held(otherwise);
    return held;
  }

  #hold(): Json {
    const place = join(this.#folder, `hold-${this.#holds.size + 1}`);
    const hold = { do: 'run', name: 'hold', argv: ['node', '-e', program, place] };
    this.#holds.set(place, hold);
    return hold;
  }

  /** A hold that was passed becomes an act that takes no time, so that the others keep their places. */
  #letGo(place: string): void {
    writeFileSync(`${place}.go`, '');
    const hold = this.#holds.get(place) ?? {};
    for (const key of Object.keys(hold)) Reflect.deleteProperty(hold, key);
    Object.assign(hold, { do: 'pause', milliseconds: 0 });
    this.#write();
  }

  #write(): void {
    writeFileSync(this.script, JSON.stringify(this.#story));
  }
}
