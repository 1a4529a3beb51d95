import type { Preparation } from './preparing.ts';

/** A preparation that is loaded with the first act that has need of it. */
export function late(turn: string, load: () => Promise<Omit<Preparation, 'turn'>>): Preparation {
  return {
    turn,
    alone: async () => {
      const { alone } = await load();
      return alone ? alone() : () => undefined;
    },
    measure: async (command) => (await (await load()).measure?.(command)) ?? {},
    prepare: async (...given) => (await load()).prepare(...given),
  };
}
