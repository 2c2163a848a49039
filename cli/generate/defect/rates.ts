import { DIMENSIONS, type Dimension } from '../../../contracts/scores';

/** By dimension, the share of a file's rows that has a defect of it, in billionths, so that counts are exact. */
export type Rates = Readonly<Record<Dimension, number>>;

export const BILLION = 1_000_000_000;

/** Undefined for what is neither a share (`0.01`, split evenly) nor shares by dimension (`validity=0.002,accuracy=0.01`). */
export function readRates(text: string): Rates | undefined {
  const one = billionths(text);
  if (one !== undefined) return ratesOf(() => one / DIMENSIONS.length);
  const given = text.split(',').map((part) => part.split('='));
  const known = given.every(
    ([name = '', share = '', ...more]) => isDimension(name) && billionths(share) !== undefined && more.length === 0,
  );
  const names = given.map(([name]) => name);
  if (!known || new Set(names).size < names.length) return undefined;
  return ratesOf((dimension) => billionths(given.find(([name]) => name === dimension)?.[1] ?? '0') ?? 0);
}

export const NO_DEFECTS: Rates = ratesOf(() => 0);

export function sumOf(rates: Rates): number {
  return DIMENSIONS.reduce((sum, dimension) => sum + rates[dimension], 0) / BILLION;
}

/** How many defects of each dimension a file has that has so many rows before any is copied. */
export function countsOf(rates: Rates, rows: number): Record<Dimension, number> {
  // The copies are rows of the file too, of which the share is taken.
  let copies = 0;
  for (let more = share(rates.consistency, rows); more > copies; more = share(rates.consistency, rows + copies)) copies = more;
  const all = rows + copies;
  return {
    completeness: share(rates.completeness, all),
    validity: share(rates.validity, all),
    accuracy: share(rates.accuracy, all),
    consistency: copies,
  };
}

function share(rate: number, rows: number): number {
  // In quarters of a billionth, since a rate for all four may not be divisible.
  return Number((BigInt(Math.round(rate * 4)) * BigInt(rows)) / BigInt(4 * BILLION));
}

function billionths(text: string): number | undefined {
  return /^(0|1|0?\.\d{1,9}|1\.0{1,9})$/.test(text) ? Math.round(Number(text) * BILLION) : undefined;
}

function isDimension(name: string): name is Dimension {
  return DIMENSIONS.some((dimension) => dimension === name);
}

function ratesOf(rate: (dimension: Dimension) => number): Rates {
  return {
    completeness: rate('completeness'),
    validity: rate('validity'),
    accuracy: rate('accuracy'),
    consistency: rate('consistency'),
  };
}
