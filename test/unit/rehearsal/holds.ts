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

/** The story with a place to stop before and after every act, where a test can do something to the worker. */
export class Holds {
  readonly script: string;
  readonly #folder: string;
  #count = 0;

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
    writeFileSync(this.script, JSON.stringify({ ...story, parts, scenes }));
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
      await act(() => writeFileSync(`${place}.go`, ''));
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
    const list = (acts ?? []) as Json[];
    return [this.#hold(), ...list.flatMap((act) => [this.#inside(act), this.#hold()])];
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
    this.#count += 1;
    const name = `hold-${this.#count}`;
    return { do: 'run', name, argv: ['node', '-e', program, join(this.#folder, name)] };
  }
}
