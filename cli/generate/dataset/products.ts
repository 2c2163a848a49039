import type { Random } from '../random';
import type { Row } from '../row';
import type { World } from '../world';
import { drawnFate, type Dataset, type Fact, type Fate } from './dataset';
import { versionFacts } from './version';
import type { Product } from './product';

/** A row per product and change. */
export class ProductsDataset implements Dataset {
  readonly name = 'products';
  readonly kinds = {
    product_id: 'text',
    changed_at: 'moment',
    product_name: 'text',
    category: 'text',
    subcategory: 'text',
    brand: 'text',
    unit_price: 'amount',
    unit_cost: 'amount',
    weight_grams: 'integer',
    is_active: 'truth',
    launched_on: 'day',
  } as const satisfies Record<keyof Product, unknown>;
  readonly breakers = {
    cost_below_price: (row: Row, random: Random): Row => ({
      ...row,
      unit_cost: Number(row['unit_price']) + random.between(1, 5_000),
    }),
  };
  readonly fateOf: (index: number) => Fate;

  constructor(private readonly world: World) {
    this.fateOf = drawnFate(world.random('products fate'), 0.05, 0.02);
  }

  facts(batch: number, wants: (index: number) => boolean): Generator<Fact> {
    return versionFacts(this.world.products, this.world.calendar, batch, wants);
  }

  mistaken({ row }: Fact): Row {
    return this.varied(row);
  }

  /** Another weight, and a cost that is a little lower. */
  varied(row: Row): Row {
    const weight = row['weight_grams'];
    return {
      ...row,
      weight_grams: typeof weight === 'number' ? weight + 10 : 100,
      unit_cost: Math.max(0, Number(row['unit_cost']) - 5),
    };
  }
}
