import { followExecution } from '../execution/follow-execution';
import type { Step } from '../execution/steps';
import type { ProgressView, WatchedRun } from '../progress/view';
import type { Refreshes } from './refreshes';
import { refreshRunOf, type RefreshRun } from './refresh-run';

/** What the view calls a refresh. */
export const SHOWN_AS = 'refresh-warehouse';

export interface RefreshFollower {
  readonly refreshes: Pick<Refreshes, 'look'>;
  readonly view: ProgressView;
  /** Between two looks, in milliseconds. */
  readonly pollEvery: number;
  readonly signal: AbortSignal;
}

export interface StartedRefresh {
  readonly id: string;
  readonly arn: string;
  readonly full: boolean;
}

/** Shows the refresh until it has ended; resolves to how it did. */
export async function followRefresh(follower: RefreshFollower, { id, arn, full }: StartedRefresh): Promise<RefreshRun> {
  const { refreshes, ...shown } = follower;
  const watch = new ModelWatch();
  return followExecution({
    ...shown,
    look: async () => refreshRunOf(id, full, await refreshes.look(arn)),
    shownAs: SHOWN_AS,
    watched: (run) => watch.watched(run, new Date()),
  });
}

/** Models as the steps of a run. When one began is not told: it is when it was first seen, or its seconds before its end was. */
export class ModelWatch {
  private readonly startedAt = new Map<string, number>();
  private readonly endedAt = new Map<string, number>();

  watched(run: RefreshRun, now: Date): WatchedRun {
    const steps = run.models.map(({ name, status, seconds }): Step => {
      if (status === 'pending') return { name, status, startedAt: null, endedAt: null };
      const isOver = status !== 'running';
      if (isOver && !this.endedAt.has(name)) this.end(name, seconds, now.getTime());
      if (!this.startedAt.has(name)) this.startedAt.set(name, now.getTime());
      return { name, status, startedAt: iso(this.startedAt.get(name)), endedAt: iso(this.endedAt.get(name)) };
    });
    return { ...run, steps, rows: null, note: null };
  }

  private end(name: string, seconds: number | null, now: number): void {
    this.endedAt.set(name, now);
    if (seconds !== null) this.startedAt.set(name, now - seconds * 1000);
  }
}

function iso(time: number | undefined): string | null {
  return time === undefined ? null : new Date(time).toISOString();
}
