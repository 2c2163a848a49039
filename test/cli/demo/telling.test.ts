import { expect, it } from 'vitest';
import { purchasesFile } from '../../../cli/demo/purchases-file';
import type { Demonstration } from '../../../cli/demo/demo';
import { allDisagreements, told } from '../../../cli/demo/telling';
import { runDetail } from '../run-detail';

const file = purchasesFile('2026-01-01');
const RUN = 'ab'.repeat(32);
const demo: Demonstration = {
  day: '2026-01-01',
  days: 1,
  file,
  truth: file.truth,
  run: runDetail({ id: RUN, file: 'demo/x.csv', status: 'succeeded', rows: file.truth.rows, ingestionDate: '2026-01-01' }),
  results: {
    topCustomers: { columns: ['customer_id', 'total_spent_aud'], rows: [['DEMO-0001', '12.05']] },
    examples: [
      {
        run: RUN,
        file: 'demo/x.csv',
        ingestionDate: '2026-01-01',
        row: 16,
        line: 17,
        raw: '1,"12,50"',
        reasons: [{ rule: 'type', column: 'amount_aud', value: '12,50' }],
      },
    ],
    disagreements: [],
  },
};

it('tells the top customers, the counts, reasons, the judgement and where to go on', () => {
  const text = told(demo);
  const { read, published, quarantined, deduplicated } = file.truth.rows;
  const n = (value: number) => value.toLocaleString('en-US');
  expect(text).toContain('  DEMO-0001              12.05');
  expect(text).toContain(
    `${n(read)} rows read = ${n(published)} published + ${quarantined} quarantined + ${deduplicated} deduplicated`,
  );
  expect(text).toContain('line 17 was refused: amount_aud: type, expected a value of type decimal(18,2), got "12,50"');
  expect(text).toContain('silver, gold and the database say the same');
  expect(text).toContain('npx assay run abababababab');
});

it('says WRONG when a count or a table differs', () => {
  const rows = { ...file.truth.rows, published: 1 };
  const wrong: Demonstration = {
    ...demo,
    run: { ...demo.run, rows },
    results: { ...demo.results, disagreements: ['a', 'b', 'c'] },
  };
  expect(allDisagreements(wrong)).toEqual([
    `published: 1 rows, and ${file.truth.rows.published} were written to be`,
    'a',
    'b',
    'c',
  ]);
  expect(told(wrong)).toContain('WRONG: the tables are not what the generator knows');
  expect(told(wrong)).toContain('and 1 more');
});
