import { DAY } from '../calendar';
import type { Random } from '../random';
import type { Row } from '../row';
import type { World } from '../world';
import type { Customer } from './customer';
import { drawnFate, type Dataset, type Fact, type Fate } from './dataset';
import { versionFacts } from './version';

/** A row per customer and change. */
export class CustomersDataset implements Dataset {
  readonly name = 'customers';
  readonly kinds = {
    customer_id: 'text',
    changed_at: 'moment',
    first_name: 'text',
    last_name: 'text',
    email: 'text',
    birth_date: 'day',
    gender: 'text',
    segment: 'text',
    loyalty_tier: 'text',
    street: 'text',
    city: 'text',
    state: 'text',
    postal_code: 'text',
    country: 'text',
    accepts_marketing: 'truth',
    registered_on: 'day',
  } as const satisfies Record<keyof Customer, unknown>;
  readonly breakers = {
    registered_before_changed: (row: Row, random: Random): Row => ({
      ...row,
      registered_on: Math.floor(Number(row['changed_at']) / DAY) + random.between(1, 60),
    }),
    born_before_registered: (row: Row, random: Random): Row => ({
      ...row,
      birth_date: Number(row['registered_on']) + random.between(0, 400),
    }),
  };
  readonly fateOf: (index: number) => Fate;

  constructor(private readonly world: World) {
    this.fateOf = drawnFate(world.random('customers fate'), 0.05, 0.02);
  }

  facts(batch: number, wants: (index: number) => boolean): Generator<Fact> {
    return versionFacts(this.world.customers, this.world.calendar, batch, wants);
  }

  mistaken({ row }: Fact): Row {
    return this.varied(row);
  }

  /** Another postal code, and the other answer to whether we may write. */
  varied(row: Row): Row {
    const code = String(row['postal_code']);
    const last = (Number(code.slice(-1)) + 1) % 10;
    return { ...row, postal_code: code.slice(0, -1) + String(last), accepts_marketing: !row['accepts_marketing'] };
  }
}
