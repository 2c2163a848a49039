import type { HistoryEvent } from '@aws-sdk/client-sfn';

export interface Step {
  readonly name: string;
  readonly status: 'pending' | 'running' | 'succeeded' | 'failed';
  /** ISO, UTC. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
}

type Event = Pick<HistoryEvent, 'type' | 'timestamp' | 'stateEnteredEventDetails' | 'stateExitedEventDetails'>;

const ENDS_BADLY = new Set<string | undefined>(['ExecutionFailed', 'ExecutionAborted', 'ExecutionTimedOut']);

/**
 * How far the planned steps have come, from an execution's history. A failed step is followed by the state `<step>Failed`, or
 * was not left when the execution ended.
 */
export function stepsSoFar(plan: readonly string[], events: readonly Event[]): Step[] {
  const entered = new Map<string, Event>();
  const left = new Map<string, Event>();
  for (const event of events) {
    const [into, outOf] = [event.stateEnteredEventDetails?.name, event.stateExitedEventDetails?.name];
    if (into === plan[0]) {
      // Begun again from the start, as an execution is that was cut off with the laptop: what was before is no part of it.
      entered.clear();
      left.clear();
    }
    if (into !== undefined && !entered.has(into)) entered.set(into, event);
    if (outOf !== undefined) left.set(outOf, event);
  }
  const brokenOff = events.find(({ type }) => ENDS_BADLY.has(type));
  return plan.map((name): Step => {
    const start = entered.get(name);
    if (start === undefined) return { name, status: 'pending', startedAt: null, endedAt: null };
    const failed = entered.get(`${name}Failed`);
    const end = left.get(name) ?? failed ?? brokenOff;
    const status = end === undefined ? 'running' : failed || !left.has(name) ? 'failed' : 'succeeded';
    return { name, status, startedAt: timeOf(start), endedAt: end ? timeOf(end) : null };
  });
}

function timeOf({ timestamp }: Event): string | null {
  return timestamp?.toISOString() ?? null;
}
