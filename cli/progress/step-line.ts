import type { Step } from '../execution/steps';
import { duration } from '../output/quantities';

const LEAST_NAME_WIDTH = 16;

/** So that the times of these steps stand in a column. */
export function nameWidth(steps: readonly Step[]): number {
  return Math.max(LEAST_NAME_WIDTH, ...steps.map(({ name }) => name.length));
}

/** `BronzeToSilver    4.2 s`, with the time so far while it runs. */
export function stepLine(step: Step, now: Date, width = LEAST_NAME_WIDTH): string {
  const { name, startedAt, endedAt, status } = step;
  if (startedAt === null) return name;
  const took = (endedAt === null ? now.getTime() : Date.parse(endedAt)) - Date.parse(startedAt);
  const line = `${name.padEnd(width)} ${duration(Math.max(0, took)).padStart(8)}`;
  return status === 'failed' ? `${line}  failed` : line;
}
