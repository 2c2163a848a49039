import type { Concession } from './concession';
import { concession } from './generate';

export interface Wanted {
  readonly pageSize: number;
  readonly since: string | null;
}

/** What the API holds, in the order in which it hands it out: by change, then by id. */
export class Records {
  private readonly byId = new Map<string, Concession>();
  private sorted: Concession[] | undefined;
  /** Of the next new one: ids of what was taken away do not come again. */
  private nextIndex = 0;

  constructor(
    private readonly seed: number,
    count: number,
  ) {
    this.add(count);
  }

  get all(): readonly Concession[] {
    this.sorted ??= [...this.byId.values()].sort(
      (one, other) => compare(one.updated_at, other.updated_at) || compare(one.concession_id, other.concession_id),
    );
    return this.sorted;
  }

  /** New ones, the last to be changed. */
  add(count: number): void {
    const end = this.nextIndex + count;
    for (; this.nextIndex < end; this.nextIndex += 1) this.put(concession(this.seed, this.nextIndex));
  }

  /** Changes the first ones: each goes to the end. A line less, another status. */
  update(count: number, after = this.lastChange()): void {
    for (const [index, record] of this.all.slice(0, count).entries()) {
      const updated = new Date(after + (index + 1) * 1000).toISOString();
      const lines = record.lines?.slice(0, 1);
      this.put({ ...record, status: 'settled', updated_at: updated, ...(lines && { lines }) });
    }
  }

  /** Takes the first ones away. */
  remove(count: number): void {
    for (const { concession_id: id } of this.all.slice(0, count)) this.byId.delete(id);
    this.sorted = undefined;
  }

  since(moment: string | null): readonly Concession[] {
    if (moment === null) return this.all;
    return this.all.filter(({ updated_at: at }) => at >= new Date(moment).toISOString());
  }

  private lastChange(): number {
    return Date.parse(this.all.at(-1)?.updated_at ?? '2025-01-01T00:00:00Z');
  }

  private put(record: Concession): void {
    this.byId.set(record.concession_id, record);
    this.sorted = undefined;
  }
}

/** A page by its number. */
export function numbered(records: readonly Concession[], page: number, pageSize: number): readonly Concession[] {
  return records.slice((page - 1) * pageSize, page * pageSize);
}

/** A page after a cursor, and the cursor of the next one. */
export function after(records: readonly Concession[], cursor: string | null, pageSize: number) {
  const last = cursor === null ? '' : Buffer.from(cursor, 'base64url').toString();
  const start = cursor === null ? 0 : records.findIndex((record) => placeOf(record) > last);
  const items = start < 0 ? [] : records.slice(start, start + pageSize);
  const end = items.at(-1);
  const isLast = start < 0 || start + pageSize >= records.length;
  return { items, nextCursor: isLast || end === undefined ? null : Buffer.from(placeOf(end)).toString('base64url') };
}

function placeOf({ updated_at: at, concession_id: id }: Concession): string {
  return `${at} ${id}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
