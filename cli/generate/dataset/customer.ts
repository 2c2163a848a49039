import { DAY } from '../calendar';
import { Population } from '../population';
import type { Random } from '../random';
import { Weighted } from '../weighted';
import { COMMON_LAST_NAMES, FEMALE_NAMES, LAST_NAMES, MALE_NAMES, plainName } from '../words/names';
import type { World } from '../world';
import { addressOf } from './address';
import { CustomerChanges } from './customer-changes';
import { numberText } from './dataset';
import { momentsFrom, VERSIONS } from './version';

/** A type, not an interface: only that is a `Row`. */
export type Customer = {
  readonly customer_id: string;
  readonly changed_at: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly birth_date: number | null;
  readonly gender: string | null;
  readonly segment: string;
  readonly loyalty_tier: string | null;
  readonly street: string | null;
  readonly city: string;
  readonly state: string;
  readonly postal_code: string;
  readonly country: string;
  readonly accepts_marketing: boolean;
  readonly registered_on: number;
};

const BEFORE_THE_PERIOD = 0.4;
const YEARS_BEFORE = 3;
const CHANGES = Weighted.by([0, 1, 2, 3, 4, 5], [42, 26, 16, 9, 5, 2]);

/** Who buys, and how each of them was at any time. */
export class Customers {
  readonly population: Population;
  private readonly identities: Random;
  private readonly histories: Random;
  private readonly likings: Random;
  private readonly changes: CustomerChanges;

  constructor(
    private readonly world: World,
    size: number,
  ) {
    this.population = new Population(size, BEFORE_THE_PERIOD, world.calendar);
    this.identities = world.random('customer');
    this.histories = world.random('customer history');
    this.likings = world.random('customer liking');
    this.changes = new CustomerChanges(world);
  }

  /** One who was registered before the day; some buy much more often than others. */
  pick(day: number, random: Random): number {
    return this.population.pick(day, random, (number, chance) => {
      const liking = this.likings.at(number).next();
      return chance < 0.03 + 0.97 * liking * liking * liking * liking;
    });
  }

  /** The moment of the customer's every version, the registration first. */
  moments(number: number): number[] {
    const random = this.histories.at(number);
    return momentsFrom(this.population.birthOf(number, random, YEARS_BEFORE), CHANGES, random, this.world.calendar);
  }

  /** The whole state from the version's moment on. */
  version(number: number, version: number, moments: readonly number[] = this.moments(number)): Customer {
    let customer = this.atFirst(number, moments[0] ?? 0);
    for (let each = 1; each <= version; each += 1)
      customer = this.changes.changed(customer, number * VERSIONS + each, moments[each] ?? 0);
    return customer;
  }

  /** As known at a moment after the registration. */
  at(number: number, moment: number): Customer {
    const moments = this.moments(number);
    return this.version(
      number,
      moments.findLastIndex((each) => each <= moment),
      moments,
    );
  }

  private atFirst(number: number, moment: number): Customer {
    const random = this.identities.at(number);
    const registered = Math.floor(moment / DAY);
    const isFemale = random.next() < 0.52;
    const first = random.pick(isFemale ? FEMALE_NAMES : MALE_NAMES);
    const last = random.pick(random.next() < 0.8 ? COMMON_LAST_NAMES : LAST_NAMES);
    const age = 18 + Math.floor((random.next() + random.next()) * 34);
    return {
      customer_id: numberText('C', 8, number + 1),
      changed_at: moment,
      first_name: first,
      last_name: last,
      email: `${plainName(first)}.${plainName(last)}${number + 1}@example.com`,
      birth_date: random.next() < 0.05 ? null : registered - age * 365 - random.below(365),
      gender: random.next() < 0.06 ? null : this.changes.gender(random, isFemale),
      segment: this.changes.segment(random, age),
      loyalty_tier: this.changes.firstTier(random),
      ...addressOf(random),
      accepts_marketing: random.next() < 0.6,
      registered_on: registered,
    };
  }
}
