import { InvalidArgumentError } from 'commander';
import { count } from '../output/quantities';

const LARGEST = 999_999_999;

/** An option's value as a whole number from 1. */
export function positive(text: string, _previous?: unknown, largest = LARGEST): number {
  const number = Number(text);
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('expected a whole number from 1.');
  if (number > largest) throw new InvalidArgumentError(`expected a whole number from 1 to ${count(largest)}.`);
  return number;
}
