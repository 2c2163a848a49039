import { setTimeout as sleep } from 'node:timers/promises';
import { SourceUnavailable } from '../../contracts/errors';
import type { Failed } from './ask';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** The call has to end before the source may be asked again. */
export class OutOfTime extends Error {
  constructor(readonly waitMs: number) {
    super(`the source may be asked again in ${waitMs} ms, and this call ends before`);
  }
}

export interface PatienceProps {
  /** What failed tries and the pauses after them may take in all, in milliseconds. */
  readonly budgetMs: number;
  /** What they took in earlier calls. */
  readonly spentMs: number;
  /** How long this call may still wait, in milliseconds. */
  readonly remainingMs: () => number;
}

/** How much longer a source that fails is asked. */
export class Patience {
  private spent: number;

  constructor(private readonly props: PatienceProps) {
    this.spent = props.spentMs;
  }

  get spentMs(): number {
    return this.spent;
  }

  /**
   * Waits after the n-th failed try of one thing, which took `tookMs`: as long as the source asks for, else a random part of a
   * growing pause. Raises SourceUnavailable when the budget does not reach that far, OutOfTime when the call does not.
   */
  async after(failed: Failed, attempt: number, tookMs: number, what: string): Promise<void> {
    this.spent += tookMs;
    const pause = pauseMs(failed, attempt, Math.random());
    if (this.spent + pause > this.props.budgetMs)
      throw new SourceUnavailable(
        `${what}: ${failed.reason}, after ${attempt} ${attempt === 1 ? 'try' : 'tries'}; failed tries and pauses may take ` +
          `${this.props.budgetMs / 1000} s in all; nothing is lost: the next extract begins where the last complete one ended`,
      );
    this.spent += pause;
    if (pause > this.props.remainingMs()) throw new OutOfTime(pause);
    await sleep(pause);
  }
}

/** Full jitter: `random` is from 0 to 1. */
export function pauseMs({ retryAfterMs }: Failed, attempt: number, random: number): number {
  return retryAfterMs ?? random * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt);
}
