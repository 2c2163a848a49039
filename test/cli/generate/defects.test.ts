import { describe, expect, it } from 'vitest';
import { DIMENSIONS } from '../../../contracts/scores';
import { sizesOf } from '../../../cli/generate/sizes';
import { generated, rates, truthOf, type Generated } from './generated';
import { brokenBusinessRules, brokenCells, contract, keyOf, type Cells } from './judging';

/** What is wrong with a file, found without the generator: [dimension, rule, column or none, rows]. */
function found(rows: readonly Cells[], dataset: string): string[] {
  const of = contract(dataset);
  const places = new Map<string, number[]>();
  const wrong: string[] = [];
  for (const [index, row] of rows.entries()) {
    const key = keyOf(row, of);
    places.set(key, [...(places.get(key) ?? []), index + 1]);
    for (const [rule, column] of brokenCells(row, of))
      wrong.push(`${rule === 'required' ? 'completeness' : 'validity'} ${rule} ${column} ${index + 1}`);
    for (const rule of brokenBusinessRules(row, of)) wrong.push(`accuracy ${rule} ${index + 1}`);
  }
  for (const numbers of places.values()) if (numbers.length > 1) wrong.push(`consistency unique ${numbers.join()}`);
  return wrong.sort();
}

function claimed(made: Generated, file: string): string[] {
  const lines = truthOf(made).filter((line) => line.file === file);
  return lines
    .map(({ dimension, rule, column, rows }) =>
      ['accuracy', 'consistency'].includes(dimension)
        ? `${dimension} ${rule} ${rows.join()}`
        : `${dimension} ${rule} ${column} ${rows.join()}`,
    )
    .sort();
}

/** By docs/quality.md, from the rows alone. */
function scores(rows: readonly Cells[], dataset: string) {
  const of = contract(dataset);
  const count = (holds: (row: Cells) => boolean) => rows.filter(holds).length;
  const sum = (number: (row: Cells) => number) => rows.reduce((all, row) => all + number(row), 0);
  const required = of.columns.filter((column) => column.required);
  const ruled = of.columns.filter(({ type, rules }) => type !== 'string' || Object.keys(rules).length > 0);
  const keys = rows.map((row) => keyOf(row, of));
  const times = new Map<string, number>();
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  const filled = sum((row) => ruled.filter(({ name }) => row[name] !== '').length);
  const ill = sum((row) => brokenCells(row, of).filter(([rule]) => rule !== 'required').length);
  return {
    completeness: {
      passed: sum((row) => required.filter(({ name }) => row[name] !== '').length),
      total: rows.length * required.length,
    },
    validity: { passed: filled - ill, total: filled },
    accuracy: { passed: count((row) => brokenBusinessRules(row, of).length === 0), total: rows.length },
    consistency: { passed: count((row) => times.get(keyOf(row, of)) === 1), total: rows.length },
  };
}

describe.each(['csv', 'jsonl', 'parquet'] as const)('defects in %s', (format) => {
  it('are where the truth says, and nowhere else; each lowers its own score alone', async () => {
    const made = await generated({ format, defects: rates('0.08'), sizes: sizesOf(0.08) });
    for (const { name, dataset, batch, defects, scores: expected, expected: rows } of made.manifest.files) {
      const read = made.files[dataset]?.[batch] ?? [];
      expect(claimed(made, name)).toEqual(found(read, dataset));
      expect(expected).toEqual(scores(read, dataset));
      const each = Math.floor((read.length * 2) / 100);
      expect(defects).toEqual(Object.fromEntries(DIMENSIONS.map((dimension) => [dimension, each])));
      expect(rows).toEqual({ read: read.length, published: read.length - 4 * each, quarantined: 3 * each, deduplicated: each });
    }
  });
});

it('are named with the key of their row', async () => {
  const made = await generated({ defects: rates('0.04') });
  for (const { file, dataset, rows, key } of truthOf(made)) {
    const batch = made.manifest.files.find(({ name }) => name === file)?.batch ?? -1;
    for (const number of rows) expect(made.files[dataset]?.[batch]?.[number - 1]).toMatchObject(key);
  }
});

it('leave every file above its thresholds at one in a hundred', async () => {
  const { manifest } = await generated({ defects: rates('0.01') });
  for (const { name, dataset, scores: judged } of manifest.files)
    for (const dimension of DIMENSIONS) {
      const { passed, total } = judged[dimension];
      const least = Number(contract(dataset).thresholds[dimension]);
      expect(passed / total, `${dimension} of ${name}`).toBeGreaterThanOrEqual(least);
    }
});

it('can be of some dimensions alone', async () => {
  const { manifest } = await generated({ defects: rates('completeness=0.01,consistency=0.03') });
  for (const { rows, defects } of manifest.files)
    expect(defects).toEqual({
      completeness: Math.floor(rows / 100),
      validity: 0,
      accuracy: 0,
      consistency: Math.floor((rows * 3) / 100),
    });
});

it.each(['0', '0.01', '0.3'])('add up by day to what is in force in the end, at a rate of %s', async (rate) => {
  const made = await generated({ defects: rates(rate), batches: 5 });
  const inForce = new Map<string, Cells>();
  const of = contract('order_items');
  for (const rows of made.files['order_items'] ?? [])
    for (const row of rows)
      if (brokenCells(row, of).length === 0 && brokenBusinessRules(row, of).length === 0) inForce.set(keyOf(row, of), row);
  const days = new Map(Object.keys(made.manifest.lineAmounts).map((day) => [day, 0]));
  for (const { ordered_at: at = '', line_amount: amount = '' } of inForce.values())
    days.set(at.slice(0, 10), (days.get(at.slice(0, 10)) ?? 0) + Number(amount.replace('.', '')));
  const cents = Object.entries(made.manifest.lineAmounts).map(([day, amount]) => [day, Number(amount.replace('.', ''))]);
  expect(cents).toEqual([...days]);
});
