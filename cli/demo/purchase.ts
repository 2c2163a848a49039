import type { Customer } from './customers';
import type { Random } from '../generate/random';
import { money } from './truth';

export const HEADER = [
  'purchase_id',
  'customer_id',
  'first_name',
  'last_name',
  'email',
  'product',
  'quantity',
  'amount_aud',
  'purchase_date',
] as const;

/** A row that fits the contract. */
export interface Purchase {
  readonly id: string;
  readonly customer: Customer;
  readonly product: string;
  readonly quantity: number;
  /** Of the whole row. */
  readonly cents: number;
  /** ISO. */
  readonly date: string;
}

/** With what a careless reader of CSV stumbles over: quotes, commas, newlines, a formula, text beyond ASCII. */
const PRODUCTS = [
  ['Flat white', 480],
  ['Suzie-Q, "Pt. 2" (vinyl)', 3495],
  ['Tea towels,\nset of two', 2450],
  ['Crème brûlée torch', 5999],
  ["Baker's dozen", 1300],
  ['Notebook; dotted', 1290],
  ['=1+1 puzzle', 999],
  ['Bücherregal „Ölund“', 18900],
  ['Gift card', 10000],
] as const;

const DAY_MS = 86_400_000;

/** The day's purchase with that number; most were made on the day, some in the weeks before. */
export function purchaseOf(random: Random, customers: readonly Customer[], day: string, number: number): Purchase {
  const [product, price] = random.pick(PRODUCTS);
  const quantity = random.between(1, 4);
  const daysAgo = random.next() < 0.8 ? 0 : random.between(1, 20);
  const date = new Date(Date.parse(`${day}T00:00:00Z`) - daysAgo * DAY_MS).toISOString().slice(0, 10);
  const id = `${day.replaceAll('-', '')}${String(number).padStart(6, '0')}`;
  return { id, customer: random.pick(customers), product, quantity, cents: price * quantity, date };
}

export function cellsOf({ id, customer, product, quantity, cents, date }: Purchase): string[] {
  const { id: customerId, firstName, lastName, email } = customer;
  return [id, customerId, firstName, lastName, email, product, String(quantity), money(cents), date];
}
