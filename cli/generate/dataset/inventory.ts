import { DAY, dateOf } from '../calendar';
import type { Random } from '../random';
import type { Row } from '../row';
import type { World } from '../world';
import { drawnFate, numberText, type Dataset, type Fact, type Fate } from './dataset';

/** A row per product, warehouse and day of stock-taking: the ends of months, or the end of a batch that has none. */
export class InventoryDataset implements Dataset {
  readonly name = 'inventory';
  readonly kinds = {
    snapshot_date: 'day',
    product_id: 'text',
    warehouse_code: 'text',
    on_hand: 'integer',
    reserved: 'integer',
    reorder_level: 'integer',
    counted_at: 'moment',
  } as const;
  readonly breakers = {
    reserved_is_on_hand: (row: Row, random: Random): Row => ({
      ...row,
      reserved: Number(row['on_hand']) + random.between(1, 50),
    }),
  };
  readonly fateOf: (index: number) => Fate;
  private readonly warehouses: readonly string[];
  private readonly counts: Random;

  constructor(private readonly world: World) {
    this.fateOf = drawnFate(world.random('inventory fate'), 0.005, 0.015);
    this.warehouses = world.allowed('inventory', 'warehouse_code');
    this.counts = world.random('inventory');
  }

  *facts(batch: number, wants: (index: number) => boolean): Generator<Fact> {
    const { products, plan } = this.world;
    for (const day of this.days(batch)) {
      const count = products.population.thereAt(day + 1);
      for (let product = 0; product < count; product += 1) {
        for (const [place, warehouse] of this.warehouses.entries()) {
          const index = (day * plan.sizes.products + product) * this.warehouses.length + place;
          if (wants(index)) yield { index, row: this.rowOf(day, product, warehouse, index) };
        }
      }
    }
  }

  mistaken({ row }: Fact): Row {
    return this.varied(row);
  }

  /** Some more than were counted again. */
  varied(row: Row): Row {
    return { ...row, on_hand: Number(row['on_hand']) + 7 };
  }

  private days(batch: number): number[] {
    const { calendar } = this.world;
    const { start, end } = calendar.batch(batch);
    const all = Array.from({ length: end - start }, (_, each) => start + each);
    const ends = all.filter((day) => dateOf(calendar.first + day + 1).endsWith('-01'));
    return ends.length > 0 ? ends : [end - 1];
  }

  /** What sells well is stored in larger numbers. */
  private rowOf(day: number, product: number, warehouse: string, index: number): Row {
    const { calendar, products } = this.world;
    const random = this.counts.at(index);
    const usual = 8 + Math.floor(products.liking(product) * 240);
    const on_hand = random.next() < 0.04 ? 0 : random.below(usual * 2);
    const counted = calendar.moment(day) + random.between(64_800, 86_399) * 1000;
    return {
      snapshot_date: calendar.moment(day) / DAY,
      product_id: numberText('P', 6, product + 1),
      warehouse_code: warehouse,
      on_hand,
      reserved: Math.min(on_hand, random.below(Math.max(1, usual >> 2))),
      reorder_level: usual >> 1,
      counted_at: random.next() < 0.1 ? null : counted,
    };
  }
}
