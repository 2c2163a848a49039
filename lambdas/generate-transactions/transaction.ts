import { customerOf } from './customers';
import { goodOf } from './goods';
import type { Random } from './random';

/** The columns of contracts/transactions.odcs.yaml, in the file's order; every value as it is written. */
export const COLUMNS = [
  'transaction_id',
  'customer_id',
  'product_sku',
  'category',
  'quantity',
  'unit_price',
  'amount',
  'currency',
  'payment_method',
  'channel',
  'status',
  'occurred_at',
] as const;

export type Transaction = Readonly<Record<(typeof COLUMNS)[number], string>>;

const QUANTITIES = [
  [1, 72],
  [2, 17],
  [3, 6],
  [4, 3],
  [6, 1],
  [12, 1],
] as const;
const PAYMENTS = [
  ['card', 58],
  ['paypal', 18],
  ['pay_later', 12],
  ['bank_transfer', 7],
  ['gift_card', 5],
] as const;
const CHANNELS = [
  ['web', 46],
  ['app', 39],
  ['marketplace', 15],
] as const;
const STATUSES = [
  ['completed', 91],
  ['pending', 4],
  ['refunded', 3],
  ['cancelled', 2],
] as const;

/** A transaction of the day, YYYY-MM-DD, at a second of it; `number` tells those of a day apart. */
export function transactionOf(day: string, number: number, second: number, random: Random): Transaction {
  const customer = customerOf(day, random);
  const good = goodOf(random);
  const quantity = random.choose(QUANTITIES);
  // One purchase in eight is on sale, at a tenth off.
  const price = random.once(8) ? Math.floor((good.price * 9) / 10) : good.price;
  const payment = random.choose(PAYMENTS);
  return {
    transaction_id: `T${day.replaceAll('-', '')}${String(number).padStart(6, '0')}`,
    customer_id: customer.id,
    product_sku: good.sku,
    category: good.category,
    quantity: String(quantity),
    unit_price: money(price),
    amount: money(price * quantity),
    currency: customer.currency,
    // Gift cards pay in Australian dollars alone.
    payment_method: payment === 'gift_card' && customer.currency !== 'AUD' ? 'card' : payment,
    channel: random.choose(CHANNELS),
    status: random.choose(STATUSES),
    occurred_at: localTime(Date.parse(`${day}T00:00:00Z`) + second * 1000, customer.offset),
  };
}

export function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}

/** The moment, in milliseconds, as the clocks say it that are so many minutes before UTC's, with that offset. */
function localTime(moment: number, offset: number): string {
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(offset) % 60).padStart(2, '0');
  const local = new Date(moment + offset * 60_000).toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
  return `${local}${offset < 0 ? '-' : '+'}${hours}:${minutes}`;
}
