import { demoCustomers, type Customer } from './customers';
import { DEFECTS } from './defects';
import { HEADER, cellsOf, purchaseOf, type Purchase } from './purchase';
import { Random } from '../generate/random';
import { together, type DayTruth, type Spending } from './truth';

export interface PurchasesFile {
  readonly name: string;
  readonly text: string;
  readonly truth: DayTruth;
}

/** A row and where it stands among the others. */
interface PlacedRow {
  readonly place: number;
  readonly cells: readonly string[];
}

const SENT_TWICE = 4;
const CORRECTED = 3;
const OF_EACH_DEFECT = 4;

/** The file of a day: some three thousand purchases, one row in a hundred bad, some sent again. The same for the same day. */
export function purchasesFile(day: string): PurchasesFile {
  const compact = day.replaceAll('-', '');
  const random = new Random(Number(compact));
  const customers = demoCustomers();
  const count = random.between(2900, 3100);
  const purchases = Array.from({ length: count }, (_, index) => purchaseOf(random, customers, day, index + 1));
  const bad = badRows(random, customers, day, count);
  const again = repeatedRows(random, purchases);
  const rows = [...purchases.map((purchase, place) => ({ place, cells: cellsOf(purchase) })), ...bad, ...again];
  rows.sort((one, other) => one.place - other.place);
  const text = [HEADER, ...rows.map(({ cells }) => cells)].map(csvLine).join('');
  const counts = { read: rows.length, published: count, quarantined: bad.length, deduplicated: again.length };
  const truth = { rows: counts, purchases: count, customers: spendingOf(purchases) };
  return { name: `customer_purchases_${compact}.csv`, text, truth };
}

/** Purchases of their own, spoiled; so none of them is a duplicate too. */
function badRows(random: Random, customers: readonly Customer[], day: string, count: number): PlacedRow[] {
  return DEFECTS.flatMap((spoil, kind) =>
    Array.from({ length: OF_EACH_DEFECT }, (_, index) => {
      const purchase = purchaseOf(random, customers, day, count + kind * OF_EACH_DEFECT + index + 1);
      return { place: random.between(0, count) - 0.5, cells: spoil(cellsOf(purchase)) };
    }),
  );
}

/** Rows with the key of another: the same row later, or another amount before, which the later row then corrects. */
function repeatedRows(random: Random, purchases: readonly Purchase[]): PlacedRow[] {
  const places = new Set<number>();
  while (places.size < SENT_TWICE + CORRECTED) places.add(random.between(1, purchases.length - 1));
  return [...places].map((place, index) => {
    const purchase = purchases[place];
    if (purchase === undefined) throw new Error(`there is no purchase ${place}`);
    if (index < SENT_TWICE) return { place: random.between(place, purchases.length) + 0.5, cells: cellsOf(purchase) };
    return { place: random.between(0, place) - 0.5, cells: cellsOf({ ...purchase, cents: purchase.cents + 1_000 }) };
  });
}

function spendingOf(purchases: readonly Purchase[]): Map<string, Spending> {
  const spending = new Map<string, Spending>();
  for (const { customer, cents, date } of purchases) {
    const earlier = spending.get(customer.id);
    spending.set(customer.id, together(earlier, { cents, first: date, last: date }));
  }
  return spending;
}

function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}
