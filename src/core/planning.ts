import type { Override } from '../contract/override.ts';
import type { Packet } from '../contract/packets.ts';

/** What a step was before a replan changed it. */
export interface StepBefore {
  readonly title: string;
  readonly role: string;
  readonly tasks: readonly Packet[];
}

export interface Step extends StepBefore {
  readonly n: number;
  readonly orchestration: number;
  /** An agent planned it, or changed it. */
  readonly byAgent?: true;
  readonly releasedAt?: number;
  readonly override?: Override;
  /** What it was, oldest first (T7). */
  readonly was?: readonly StepBefore[];
  /** Why it left the plan. */
  readonly dropped?: string;
}

/** One replan: why, by whom, and what it answered (T7). */
export interface Replan {
  readonly n: number;
  readonly reason: string;
  readonly at: number;
  /** As the journal names them. */
  readonly by: string;
  readonly instruction?: number;
  readonly answers: readonly number[];
  /** The plan as it was before, released steps first. */
  readonly before: readonly number[];
}

/** How long the worker of a dispatch may be at work. */
export interface Budget {
  readonly minutes: number;
  /** How often its agent may call its tools, and the number at which that is used up. */
  readonly calls?: number;
  readonly limit?: number;
  /** Milliseconds of work up to `since`, from when on it counts again, or stands. */
  readonly used: number;
  readonly since?: number;
  /** When it was asked for its result, and the milliseconds of work by then; how many calls, where they were what was used up. */
  readonly up?: { readonly at: number; readonly used: number; readonly calls?: number };
  /** It went past that too, and was ended for it. */
  readonly stopped?: true;
}

/** What a live dispatch was before a replan changed it, up to and with `epoch`. */
export interface PacketBefore {
  readonly epoch: number;
  readonly packet: Packet;
  /** Of each of its TODOs, in their order. */
  readonly parts: readonly (Packet | undefined)[];
  /** Why it changed. */
  readonly reason: string;
}
