import { UsageError } from '../failure';

export interface DaysAsked {
  readonly day?: string;
  readonly from?: string;
  readonly to?: string;
}

const DAY_MS = 86_400_000;
/** Before it there were no such shops. */
const FIRST = '2000-01-01';
/** Ten years: more is a slip of the finger. */
const MOST = 3660;

/** The days that are meant, in order: each is over in UTC. */
export function daysOf({ day, from, to }: DaysAsked, now: Date): string[] {
  const yesterday = dateOf(now.getTime() - DAY_MS);
  if (day !== undefined && (from !== undefined || to !== undefined))
    throw new UsageError('say --day DAY, or --from DAY --to DAY');
  if (from === undefined && to !== undefined) throw new UsageError('say --from DAY with --to DAY');
  const first = from ?? day ?? yesterday;
  const last = to ?? first;
  if (first < FIRST) throw new UsageError(`transactions begin at ${FIRST}: ${first} is before it`);
  if (first > last) throw new UsageError(`--from ${first} is after --to ${last}`);
  if (last > yesterday) throw new UsageError(`${last} is not over yet in UTC: the last day that is, is ${yesterday}`);
  const count = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  if (count > MOST) throw new UsageError(`from ${first} to ${last} are ${count} days; ask for at most ${MOST} at once`);
  return Array.from({ length: count }, (_, index) => dateOf(Date.parse(first) + index * DAY_MS));
}

function dateOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
