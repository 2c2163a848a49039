import type { Random } from './random';

/** The shop's first day, and how many become customers on a day after it. */
const OPENED = Date.parse('2020-01-01T00:00:00Z');
const NEW_A_DAY = 40;
const AT_FIRST = 4000;
const DAY_MS = 86_400_000;
/** Of these, who have bought before, so many buy again and again. */
const REGULARS = 1200;

export interface Customer {
  readonly id: string;
  /** What the clocks say where the customer is, in minutes before UTC's. */
  readonly offset: number;
  readonly currency: string;
}

const HOMES = [
  [{ offset: 600, currency: 'AUD' }, 72],
  [{ offset: 570, currency: 'AUD' }, 7],
  [{ offset: 480, currency: 'AUD' }, 10],
  [{ offset: 720, currency: 'NZD' }, 9],
  [{ offset: -300, currency: 'USD' }, 2],
] as const;

/** Who buys on the day: mostly somebody who has bought before, some of them often. */
export function customerOf(day: string, random: Random): Customer {
  const known = AT_FIRST + Math.max(0, Math.floor((Date.parse(`${day}T00:00:00Z`) - OPENED) / DAY_MS)) * NEW_A_DAY;
  const number = random.choose([
    [(): number => random.between(1, REGULARS), 38],
    [(): number => random.between(1, known), 50],
    [(): number => random.between(known + 1, known + NEW_A_DAY), 12],
  ])();
  return { id: `C${String(number).padStart(8, '0')}`, ...homeOf(number) };
}

/** The same for a customer on every day. */
function homeOf(number: number): Omit<Customer, 'id'> {
  let rest = (number * 7919) % 100;
  const [home] = HOMES.find(([, weight]) => (rest -= weight) < 0) ?? HOMES[0];
  return home;
}
