import { setTimeout as sleep } from 'node:timers/promises';
import type { ProgressView, WatchedRun } from '../progress/view';

export interface ExecutionFollower<Run extends Pick<WatchedRun, 'status'>> {
  /** Looks once; what has another status than `running` has ended. */
  readonly look: () => Promise<Run>;
  readonly view: ProgressView;
  /** What the view calls it, and shows of it. */
  readonly shownAs: string;
  readonly watched: (run: Run) => WatchedRun;
  /** Between two looks, in milliseconds. */
  readonly pollEvery: number;
  readonly signal: AbortSignal;
}

/** Shows what is no run of a file until it has ended; resolves to the last look at it. */
export async function followExecution<Run extends Pick<WatchedRun, 'status'>>(follower: ExecutionFollower<Run>): Promise<Run> {
  const { look, view, shownAs, watched, pollEvery, signal } = follower;
  for (;;) {
    const run = await look();
    const kind = run.status === 'running' ? 'looked' : 'ended';
    view.show(shownAs, { kind, run: watched(run) });
    if (kind === 'ended') return run;
    await sleep(pollEvery, undefined, { signal });
  }
}
