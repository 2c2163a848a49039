import { DAY, dateOf } from '../calendar';
import type { WrittenRow } from '../defect/spoiled';
import type { Dataset } from '../dataset/dataset';
import { amountText } from '../format/cell-text';
import type { Row } from '../row';

/**
 * What the order lines that are in force in the end add up to, day by day: of rows with one key the last that is not refused.
 * Eight bytes a day, and for a moment the few lines that are both to be mended and spoiled: about one of 10,000 at a rate of 0.01.
 * Files must be added in their order.
 */
export class LineAmounts {
  private readonly cents: Float64Array;
  /** Of lines whose correction is to come and whose first row is not in force as it was made: what is, or 0. */
  private readonly inForce = new Map<string, number>();

  constructor(
    private readonly items: Dataset,
    private readonly first: number,
    days: number,
  ) {
    this.cents = new Float64Array(days);
  }

  add({ row, arrival, defect }: WrittenRow): void {
    const isCopy = defect?.dimension === 'consistency';
    const isRefused = defect !== undefined && !isCopy;
    const made = arrival.row;
    const amount = isRefused ? 0 : centsOf(row);
    this.book(made, isCopy ? amount - centsOf(made) : amount);
    if (arrival.kind === 'wrong' && defect !== undefined) this.inForce.set(keyOf(made), amount);
    if (arrival.kind !== 'correction' || isCopy) return;
    if (!isRefused) this.book(made, -(this.inForce.get(keyOf(made)) ?? this.centsAtFirst(made)));
    this.inForce.delete(keyOf(made));
  }

  byDay(): Record<string, string> {
    const days = [...this.cents].map((cents, day) => [dateOf(this.first + day), amountText(cents)] as const);
    return Object.fromEntries(days);
  }

  private centsAtFirst(row: Row): number {
    return centsOf(this.items.mistaken({ index: 0, row }));
  }

  private book(row: Row, cents: number): void {
    const day = Math.floor(Number(row['ordered_at']) / DAY) - this.first;
    this.cents[day] = (this.cents[day] ?? 0) + cents;
  }
}

function centsOf(row: Row): number {
  return Number(row['line_amount']);
}

function keyOf(row: Row): string {
  return `${String(row['order_id'])} ${String(row['line_number'])}`;
}
