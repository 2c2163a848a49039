import type { Random } from './random';
import type { Transaction } from './transaction';

/**
 * One row in so many is bad: far within what the contract lets pass, and enough that quarantine has something every day.
 */
const ONE_IN = 200;

/** What goes wrong in shops, each by the rule of the contract that it breaks. */
export const FAULTS: readonly ((row: Transaction) => Partial<Transaction>)[] = [
  () => ({ customer_id: '' }),
  ({ quantity }) => ({ quantity: `-${quantity}` }),
  ({ amount }) => ({ amount: amount.replace('.', ',') }),
  () => ({ category: 'miscellaneous' }),
  ({ occurred_at: time }) => ({ occurred_at: time.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length) }),
  // A digit too much in front: no longer the quantity times the price.
  ({ amount }) => ({ amount: `1${amount}` }),
];

/** The row, or what a fault makes of it. */
export function perhapsSpoiled(row: Transaction, random: Random): Transaction {
  return random.once(ONE_IN) ? { ...row, ...random.pick(FAULTS)(row) } : row;
}
