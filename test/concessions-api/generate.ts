import { Random } from '../../cli/generate/random';
import type { Adjustment, Concession, Contact, Line, Money } from './concession';

const FIRST_CHANGE = Date.parse('2025-01-01T00:00:00.000Z');
const BETWEEN_CHANGES_MS = 20 * 60_000;
const NAMES = [
  'Ada Lovelace',
  "Siobhán O'Reilly",
  'Łukasz Żak',
  '山田 花子',
  'Zoë "Zee" Müller',
  'Ann\tTab',
  'Back\\slash',
  'Two\nlines',
];
const REASONS = ['damaged', 'price_match', 'goodwill', 'staff_error'];
const STATUSES = ['open', 'approved', 'rejected', 'settled'];

/** One in so many has a value that no contract takes: the row is refused, and nothing else is. */
export const SPOILED_EVERY = 5000;

/** The concession of that index; the same for the same seed. */
export function concession(seed: number, index: number): Concession {
  const random = Random.about('concessions', seed).at(index);
  const id = `C${String(index + 1).padStart(10, '0')}`;
  const changedAt = new Date(FIRST_CHANGE + index * BETWEEN_CHANGES_MS + random.below(1000));
  return {
    concession_id: id,
    store_token: `S${random.between(1, 40)}`,
    ...referenceOf(random, index),
    status: random.pick(STATUSES),
    opened_on: new Date(changedAt.getTime() - random.below(90) * 86_400_000).toISOString().slice(0, 10),
    updated_at: changedAt.toISOString(),
    ...linesOf(random, id, index),
    // What nobody asked for.
    ...(random.below(10) === 0 && { internal: { tags: ['a', { b: null }], score: 0.1 } }),
  };
}

/** There, empty, null, absent, or a list where a value is expected. */
function referenceOf(random: Random, index: number): Partial<Concession> {
  if (index % SPOILED_EVERY === 7) return { reference: ['00', '7'] as unknown as string };
  const kind = random.below(8);
  if (kind === 0) return {};
  return { reference: kind === 1 ? null : kind === 2 ? '' : String(random.below(100_000)).padStart(7, '0') };
}

function linesOf(random: Random, id: string, index: number): Partial<Concession> {
  const kind = random.below(40);
  if (kind < 3) return [{}, { lines: null }, { lines: [] }][kind] ?? {};
  const lines = Array.from({ length: random.between(1, 3) }, (_, place): Line => ({
    line_id: place + 1,
    sku: `SKU-${String(random.below(100_000)).padStart(6, '0')}`,
    quantity: random.between(1, 12),
    amount: money(random),
    ...adjustmentsOf(random, `${id}-${place + 1}`, index),
  }));
  return { lines };
}

function adjustmentsOf(random: Random, line: string, index: number): Pick<Line, 'adjustments'> {
  const kind = random.below(20);
  if (kind === 0) return {};
  if (kind === 1) return { adjustments: null };
  const adjustments = Array.from({ length: random.below(3) }, (_, place): Adjustment => ({
    adjustment_id: `${line}-A${place + 1}`,
    reason: random.pick(REASONS),
    amount: money(random),
    contacts: Array.from({ length: random.below(3) }, (_unused, number) =>
      contact(random, `${line}-A${place + 1}-P${number + 1}`, index),
    ),
  }));
  return { adjustments };
}

function contact(random: Random, id: string, index: number): Contact {
  const name = random.pick(NAMES);
  return {
    contact_id: id,
    role: random.pick(['requester', 'approver']),
    ...(random.below(6) > 0 && { name }),
    email: random.below(6) > 0 ? `Person.${random.below(10_000)}@Example.com` : null,
    ...(index % SPOILED_EVERY === 11 && { phone: '+61 000' }),
  };
}

/** With digits that no double holds, now and then, and with zeros at the end. */
function money(random: Random): Money {
  const cents = String(random.below(100)).padStart(2, '0');
  const whole = random.below(50) === 0 ? `98765432109876${random.between(10, 99)}` : String(random.below(2000));
  return { value: `${whole}.${cents}`, currency: random.pick(['AUD', 'NZD']) };
}

/** JSON in which amounts are numbers with the digits that they have here. */
export function written(body: unknown): string {
  return JSON.stringify(body).replace(/"value":"(-?\d+(?:\.\d+)?)"/g, '"value":$1');
}
