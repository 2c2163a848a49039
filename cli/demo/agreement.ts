import { money, totalCents, type Spending, type Truth } from './truth';

/** Rows of (customer_id, total_spent_aud, first_purchase_date, last_purchase_date), as a store answers. */
export type Answer = readonly (readonly unknown[])[];

/** Where a store's customers differ from the truth; nothing when they agree to the cent. */
export function disagreements(store: string, truth: Truth, answer: Answer): string[] {
  const found = new Map(answer.map(([id, ...spending]) => [String(id), spending.map(String).join(', ')]));
  const differing = [...truth.customers].flatMap(([id, spending]) => {
    const [expected, got] = [written(spending), found.get(id) ?? 'nothing'];
    return got === expected ? [] : [`${store}: ${id} should have ${expected} and has ${got}`];
  });
  const unknown = [...found.keys()].filter((id) => !truth.customers.has(id));
  return [...differing, ...unknown.map((id) => `${store}: ${id} should not be there`)];
}

/** The number of silver's purchases and what they add up to. */
export function silverDisagreements(truth: Truth, [answer = []]: Answer): string[] {
  const expected = `${truth.purchases} purchases, ${money(totalCents(truth))} AUD`;
  const got = `${String(answer[0])} purchases, ${String(answer[1])} AUD`;
  return got === expected ? [] : [`silver should have ${expected} and has ${got}`];
}

function written({ cents, first, last }: Spending): string {
  return `${money(cents)}, ${first}, ${last}`;
}
