import type { Calendar } from './calendar';
import type { Random } from './random';
import { Allocation } from './season';

/** With one in four accepted, the last is reached once in a thousand choices. */
const TRIES = 24;

/** Things that come to be, some before the period and others in its course; the older ones have the lower numbers. */
export class Population {
  readonly before: number;
  private readonly later: Allocation;

  constructor(
    readonly size: number,
    shareBefore: number,
    private readonly calendar: Calendar,
  ) {
    this.before = Math.max(1, Math.floor(size * shareBefore));
    const evenly = Array.from({ length: calendar.days }, (_, day) => 1 + day / (2 * calendar.days));
    this.later = new Allocation(size - this.before, evenly);
  }

  /** How many there are when the day, counted from the first, begins. */
  thereAt(day: number): number {
    return this.before + this.later.before(day);
  }

  /** The day on which one came to be, counted from the first; below zero before the period. */
  birthOf(number: number, random: Random, yearsBefore: number): number {
    if (number < this.before) return -1 - random.below(yearsBefore * 365);
    return this.later.dayOf(number - this.before);
  }

  /** One of those who are there: drawn evenly, until one is accepted. `chance` is in [0, 1). */
  pick(day: number, random: Random, accepts: (number: number, chance: number) => boolean, otherwise = 0): number {
    const count = this.thereAt(day);
    for (let tries = 0; tries < TRIES; tries += 1) {
      const picked = random.below(count);
      if (accepts(picked, random.next())) return picked;
    }
    return otherwise;
  }

  /** The numbers of those who are there when the batch ends. */
  *until(batch: number): Generator<number> {
    const count = this.thereAt(this.calendar.batch(batch).end);
    for (let number = 0; number < count; number += 1) yield number;
  }
}
