import type { Random } from '../random';
import type { Kind, Row } from '../row';

/** A row as it is in the end, with its number among all that its dataset may have. */
export interface Fact {
  readonly index: number;
  readonly row: Row;
}

/** In its batch's file; only in the next one's; or wrong in its own and mended in the next. */
export type Fate = 'on time' | 'late' | 'corrected';

/** Draws of each row how it comes, by the shares of the two kinds. */
export function drawnFate(random: Random, late: number, corrected: number): (index: number) => Fate {
  return (index) => {
    const chance = random.at(index).next();
    if (chance < late) return 'late';
    return chance < late + corrected ? 'corrected' : 'on time';
  };
}

/** Makes a row break one business rule of its contract, and nothing else. */
export type Breaker = (row: Row, random: Random) => Row;

/** How a dataset's rows are made; everything is a function of the seed, the dataset and the row's index. */
export interface Dataset {
  readonly name: string;
  /** Every column that it can fill. */
  readonly kinds: Readonly<Record<string, Kind>>;
  /** The rows of the batch's days, those alone that are wanted: others are not made. */
  facts(batch: number, wants: (index: number) => boolean): Iterable<Fact>;
  /** How the row with that index comes; in the last batch, which none follows, all are on time. */
  fateOf(index: number): Fate;
  /** The row as it was when it was wrong: the same key, other values, and fit for the contract too. */
  mistaken(fact: Fact): Row;
  /** The same key with another value, fit for the contract. */
  varied(row: Row): Row;
  /** By the name of the business rule. */
  readonly breakers: Readonly<Record<string, Breaker>>;
}

const ZEROS = Array.from({ length: 12 }, (_, count) => '0'.repeat(count));

/** `C00000042`: an id by its prefix and its number of digits. */
export function numberText(prefix: string, digits: number, number: number): string {
  const text = String(number);
  return prefix + (ZEROS[digits - text.length] ?? '') + text;
}
