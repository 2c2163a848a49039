import { DAY, type Calendar } from '../calendar';
import type { Population } from '../population';
import type { Random } from '../random';
import type { Row } from '../row';
import { secondOf } from '../season';
import type { Weighted } from '../weighted';
import type { Fact } from './dataset';

/** Things of which there is a row from the moment of each change on. */
export interface Versioned {
  readonly population: Population;
  /** The moment of the thing's every version, its beginning first. */
  moments(number: number): readonly number[];
  /** The whole state from the version's moment on. */
  version(number: number, version: number, moments: readonly number[]): Row;
}

/** A thing has up to so many versions, so that its number × this + version numbers them all. */
export const VERSIONS = 8;

/** The versions that begin in the batch's days. */
export function* versionFacts(
  things: Versioned,
  calendar: Calendar,
  batch: number,
  wants: (index: number) => boolean,
): Generator<Fact> {
  for (const number of things.population.until(batch)) {
    const moments = things.moments(number);
    for (const [version, moment] of moments.entries()) {
      const index = number * VERSIONS + version;
      if (calendar.batchOf(Math.floor(moment / DAY) - calendar.first) !== batch || !wants(index)) continue;
      yield { index, row: things.version(number, version, moments) };
    }
  }
}

/** A moment of the day on which a thing came to be, then changes in the period, one in each of as many equal parts of it. */
export function momentsFrom(birth: number, changes: Weighted<number>, random: Random, calendar: Calendar): number[] {
  const first = calendar.moment(birth) + secondOf(random.next()) * 1000;
  const [start, end] = [Math.max(first, calendar.moment(0)) + DAY, calendar.moment(calendar.days)];
  const count = changes.pick(random);
  if (start >= end) return [first];
  const part = (end - start) / 1000 / count;
  const later = Array.from({ length: count }, (_, each) => start + Math.floor(part * (each + random.next())) * 1000);
  return [first, ...later];
}
