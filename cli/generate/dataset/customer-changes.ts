import type { Random } from '../random';
import { Weighted } from '../weighted';
import { LAST_NAMES, plainName } from '../words/names';
import type { World } from '../world';
import { addressOf, streetOf } from './address';
import type { Customer } from './customer';

type Change = (customer: Customer, random: Random) => Partial<Customer>;

const SENIOR = 65;
const STUDENT = 26;

/** What becomes of customers in the course of time; each change changes something. */
export class CustomerChanges {
  private readonly random: Random;
  private readonly tiers: readonly string[];
  private readonly segments: readonly string[];
  private readonly genders: readonly string[];
  private readonly kinds: Weighted<Change>;

  constructor(world: World) {
    this.random = world.random('customer change');
    this.tiers = world.allowed('customers', 'loyalty_tier');
    this.segments = world.allowed('customers', 'segment');
    this.genders = world.allowed('customers', 'gender');
    this.kinds = new Weighted<Change>([
      [(customer, random) => this.moved(customer, random), 28],
      [(customer, random) => ({ loyalty_tier: this.nextTier(customer.loyalty_tier, random) }), 26],
      [(customer, random) => ({ segment: another(customer.segment, this.segments, random) }), 10],
      [({ accepts_marketing }) => ({ accepts_marketing: !accepts_marketing }), 10],
      [(customer, random) => ({ email: newEmail(customer, random) }), 10],
      [(customer, random) => this.married(customer, random), 6],
      [({ street }, random) => ({ street: street === null ? streetOf(random) : null }), 4],
      [
        ({ birth_date: birth, registered_on: on }, random) => ({
          birth_date: birth === null ? on - random.between(7_000, 25_000) : null,
        }),
        3,
      ],
      [({ gender }, random) => ({ gender: gender === null ? random.pick(this.genders) : null }), 3],
    ]);
  }

  changed(customer: Customer, index: number, moment: number): Customer {
    const random = this.random.at(index);
    const change = this.kinds.pick(random);
    return { ...customer, ...change(customer, random), changed_at: moment };
  }

  gender(random: Random, isFemale: boolean): string {
    const [female = '', male = ''] = this.genders;
    if (random.next() < 0.02) return random.pick(this.genders);
    return isFemale ? female : male;
  }

  /** By position in the contract: consumers, businesses, students, seniors. */
  segment(random: Random, age: number): string {
    const [consumer = '', business = consumer, student = consumer, senior = consumer] = this.segments;
    if (random.next() < 0.14) return business;
    if (age >= SENIOR) return senior;
    return age < STUDENT && random.next() < 0.6 ? student : consumer;
  }

  firstTier(random: Random): string | null {
    return random.next() < 0.55 ? null : (this.tiers[Math.floor(random.next() * random.next() * this.tiers.length)] ?? null);
  }

  /** Up by one, or out; whoever takes no part joins at the lowest. */
  private nextTier(tier: string | null, random: Random): string | null {
    if (tier === null) return this.tiers[0] ?? null;
    if (random.next() < 0.15) return null;
    return this.tiers[this.tiers.indexOf(tier) + 1] ?? null;
  }

  private moved(customer: Customer, random: Random): Partial<Customer> {
    const address = addressOf(random);
    return { ...address, street: address.street === customer.street ? null : address.street };
  }

  private married(customer: Customer, random: Random): Partial<Customer> {
    return { last_name: another(customer.last_name, LAST_NAMES, random) };
  }
}

function newEmail({ first_name: first, last_name: last, customer_id: id }: Customer, random: Random): string {
  return `${plainName(last)}.${plainName(first)}.${Number(id.slice(1))}.${random.between(10, 9_999)}@mail.example`;
}

function another(value: string, values: readonly string[], random: Random): string {
  return random.pick(values.filter((each) => each !== value));
}
