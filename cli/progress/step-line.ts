import type { Step } from '../execution/steps';
import { duration } from '../output/quantities';

const NAME_WIDTH = 16;

/** `BronzeToSilver    4.2 s`, with the time so far while it runs. */
export function stepLine(step: Step, now: Date): string {
  const { name, startedAt, endedAt, status } = step;
  if (startedAt === null) return name;
  const took = (endedAt === null ? now.getTime() : Date.parse(endedAt)) - Date.parse(startedAt);
  const line = `${name.padEnd(NAME_WIDTH)} ${duration(Math.max(0, took)).padStart(8)}`;
  return status === 'failed' ? `${line}  failed` : line;
}
