import { setting } from '../settings.ts';

/** What the person set for VERIFY. What a setting cannot be counts as not set. */
export interface VerifySettings {
  readonly onResult: boolean;
  /** For each command. */
  readonly milliseconds: number;
  /** The argument list of the workspace's own regression command; empty where there is none. */
  readonly regression: readonly string[];
}

export function verifySettings(): VerifySettings {
  const minutes = setting('lockkeeper.verify.minutes');
  const regression = setting('lockkeeper.review.regression');
  return {
    onResult: setting('lockkeeper.verify.onResult') !== false,
    milliseconds: 60_000 * (typeof minutes === 'number' && minutes >= 1 ? Math.min(minutes, 120) : 10),
    regression:
      Array.isArray(regression) && regression.every((word) => typeof word === 'string') ? regression : [],
  };
}
