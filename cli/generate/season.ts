import { dateOf } from './calendar';

/** From Sunday. */
const WEEKDAYS = [1.08, 0.92, 0.9, 0.94, 1, 1.12, 1.16];
/** From January; June has the sales at the end of the Australian financial year. */
const MONTHS = [0.86, 0.84, 0.92, 0.94, 1, 1.12, 0.96, 0.94, 0.96, 1, 1.18, 1.34];
/** What is sold more on one day than its month says, by MM-DD: the sales of late November, Boxing Day, closed shops. */
const DAYS: Readonly<Record<string, number>> = { '11-28': 1.6, '11-29': 1.8, '12-01': 1.5, '12-25': 0.4, '12-26': 1.9 };
const GROWTH_A_YEAR = 0.25;

/** How busy each of the days is, compared with the others. Only sums and products, so the same on every machine. */
export function busyness(first: number, days: number): number[] {
  return Array.from({ length: days }, (_, day) => {
    const date = dateOf(first + day);
    const weekday = WEEKDAYS[(first + day + 4) % 7] ?? 1;
    const month = MONTHS[Number(date.slice(5, 7)) - 1] ?? 1;
    return weekday * month * (DAYS[date.slice(5)] ?? 1) * (1 + (GROWTH_A_YEAR * day) / 365);
  });
}

/** Things numbered from 0 in the order of their days: eight bytes a day, none a thing. */
export class Allocation {
  /** By day, the number of the first thing of it; one more for the end. */
  private readonly starts: Float64Array;

  constructor(
    readonly total: number,
    weights: readonly number[],
  ) {
    this.starts = new Float64Array(weights.length + 1);
    const sum = weights.reduce((all, weight) => all + weight, 0);
    let until = 0;
    for (const [day, weight] of weights.entries()) {
      until += weight;
      this.starts[day + 1] = Math.round((total * until) / sum);
    }
    this.starts[weights.length] = total;
  }

  /** How many there are before the day. */
  before(day: number): number {
    if (day <= 0) return 0;
    return this.starts[Math.min(day, this.starts.length - 1)] ?? this.total;
  }

  /** The day of the thing with that number. */
  dayOf(number: number): number {
    let [low, high] = [0, this.starts.length - 2];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= number) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

const HOURS = [2, 1, 1, 1, 1, 2, 4, 7, 10, 12, 13, 14, 15, 13, 12, 12, 13, 15, 18, 21, 22, 18, 11, 6];
const ALL_HOURS = HOURS.reduce((sum, weight) => sum + weight, 0);

/** The second of the day up to which that share of the day's things has happened. */
export function secondOf(share: number): number {
  let rest = share * ALL_HOURS;
  for (let hour = 0; hour < HOURS.length; hour += 1) {
    const weight = HOURS[hour] ?? 0;
    if (rest < weight) return hour * 3600 + Math.floor((rest / weight) * 3600);
    rest -= weight;
  }
  return 86_399;
}
