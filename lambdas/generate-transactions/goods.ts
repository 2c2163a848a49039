import type { Random } from './random';

export interface Good {
  readonly sku: string;
  readonly category: string;
  /** In cents. */
  readonly price: number;
}

interface Category {
  readonly name: string;
  readonly letters: string;
  /** How often something of it is bought, in percent. */
  readonly weight: number;
  /** In whole units of money. */
  readonly cheapest: number;
  readonly dearest: number;
}

const CATEGORIES: readonly Category[] = [
  { name: 'books', letters: 'BOK', weight: 14, cheapest: 8, dearest: 65 },
  { name: 'clothing', letters: 'CLO', weight: 22, cheapest: 12, dearest: 240 },
  { name: 'electronics', letters: 'ELE', weight: 13, cheapest: 15, dearest: 2400 },
  { name: 'grocery', letters: 'GRO', weight: 24, cheapest: 2, dearest: 45 },
  { name: 'home', letters: 'HOM', weight: 13, cheapest: 6, dearest: 690 },
  { name: 'sports', letters: 'SPO', weight: 8, cheapest: 9, dearest: 480 },
  { name: 'toys', letters: 'TOY', weight: 6, cheapest: 5, dearest: 180 },
];
const CHOICES = CATEGORIES.map((category) => [category, category.weight] as const);
/** Goods of each category. */
const VARIETY = 400;
/** To a whole unit of money less this, as shops like it: …4.95, …9.90. */
const ENDINGS = [5, 1, 10];

/** Something that is bought; of the same number the price is the same on every day. */
export function goodOf(random: Random): Good {
  const category = random.choose(CHOICES);
  // The smaller of two: some goods are bought much more often than others.
  const number = Math.min(random.between(1, VARIETY), random.between(1, VARIETY));
  return {
    sku: `${category.letters}-${String(number).padStart(5, '0')}`,
    category: category.name,
    price: priceOf(category, number),
  };
}

/** Prices of a category are close together at its cheap end. */
function priceOf({ cheapest, dearest }: Category, number: number): number {
  // Strewn over the range without a pattern that shows: 7,919 is prime.
  const place = (number * 7919) % 1000;
  const whole = cheapest + Math.floor(((dearest - cheapest) * place * place) / 1_000_000);
  return whole * 100 + 100 - (ENDINGS[number % ENDINGS.length] ?? 1);
}
