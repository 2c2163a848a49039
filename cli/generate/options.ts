import { readDate } from '../../contracts/calendar-date';
import { UsageError } from '../failure';
import { dayOf } from './calendar';
import { readRates, sumOf, type Rates } from './defect/rates';
import type { FormatChoice } from './file-name';
import type { Options } from './generate';
import { LIMITS, SCALES, sizesOf, type Sizes } from './sizes';

/** The command line's words. */
export interface Words extends Partial<Sizes> {
  readonly scale: string;
  readonly from: string;
  readonly to: string;
  readonly batches: number;
  readonly format: FormatChoice;
  readonly defects: string;
  readonly seed: string;
}

/** So that the oldest customer was born after 1900. */
const EARLIEST = '2000-01-01';
const MOST_DAYS = 36_525;
const MOST_DEFECTS = 0.5;

/** Raises UsageError for what cannot be generated, with what can. */
export function optionsOf(words: Words): Options {
  const { batches, format } = words;
  const [from, to] = [dateFrom('--from', words.from), dateFrom('--to', words.to)];
  const days = dayOf(to) - dayOf(from) + 1;
  if (days < 1) throw new UsageError(`--from ${from} is after --to ${to}: turn them round`);
  if (days > MOST_DAYS) throw new UsageError(`from ${from} to ${to} is more than a hundred years: take fewer days`);
  if (batches > days) throw new UsageError(`--batches ${batches} are more than the ${days} days: a batch has one day at least`);
  return { seed: seedFrom(words.seed), sizes: sizesFrom(words), from, to, batches, format, defects: ratesFrom(words.defects) };
}

function sizesFrom(words: Words): Sizes {
  const { scale } = words;
  const factor = Object.hasOwn(SCALES, scale) ? SCALES[scale as keyof typeof SCALES] : Number(scale);
  if (!/^([a-z]+|\d*\.?\d+)$/.test(scale) || !(factor > 0))
    throw new UsageError(`--scale ${scale}: expected small, medium, large or a factor above 0 such as 2.5`);
  const scaled = sizesOf(factor);
  const sizes = {
    customers: words.customers ?? scaled.customers,
    products: words.products ?? scaled.products,
    orders: words.orders ?? scaled.orders,
    webEvents: words.webEvents ?? scaled.webEvents,
  };
  const tooMany = (Object.keys(sizes) as (keyof Sizes)[]).find((name) => sizes[name] > LIMITS[name]);
  if (tooMany === undefined) return sizes;
  throw new UsageError(
    `--scale ${scale} makes more ${tooMany} than their ids have digits for (${LIMITS[tooMany]}): take a smaller one`,
  );
}

function dateFrom(option: string, text: string): string {
  const date = readDate(text, 'yyyy-MM-dd');
  if (date === undefined) throw new UsageError(`${option} ${text}: expected a day as YYYY-MM-DD`);
  if (date < EARLIEST) throw new UsageError(`${option} ${text}: expected ${EARLIEST} or later`);
  return date;
}

function seedFrom(text: string): number {
  const seed = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw new UsageError(`--seed ${text}: expected a whole number from 0 to ${Number.MAX_SAFE_INTEGER}`);
}

function ratesFrom(text: string): Rates {
  const rates = readRates(text);
  if (rates === undefined)
    throw new UsageError(
      `--defects ${text}: expected a share such as 0.01, or shares by dimension such as completeness=0.01,validity=0.002 ` +
        '(completeness, validity, accuracy, consistency)',
    );
  if (sumOf(rates) > MOST_DEFECTS) throw new UsageError(`--defects ${text}: expected at most ${MOST_DEFECTS} in all`);
  return rates;
}
