import { expect, it } from 'vitest';
import { type Contract, parseContract } from '../../../contracts/contract';
import { publishedDdl } from '../../../contracts/snowflake-published';
import { Consumers } from '../../../cli/contract/consumers';
import { diffContracts } from '../../../cli/contract/diff';
import { ourConsumers } from '../../../cli/contract/read-contracts';
import { TEXT } from '../../contracts/purchases';
import { OLD } from './written';

it('is told of a dataset that goes another way to Snowflake', () => {
  const [rds, both, alone] = ['[rds]', '[rds, snowflake]', '[snowflake]'].map((targets) => ({
    ...parseContract(TEXT, 'x'),
    targets: targets.match(/\w+/g) as ('rds' | 'snowflake')[],
  }));
  if (!rds || !both || !alone) throw new Error('three contracts');
  const ways = (older: Contract, newer: Contract) =>
    diffContracts(older, newer, ourConsumers(OLD)).changes.map(({ effect, message }) => `${effect} ${message}`);
  expect(ways(rds, both)).toEqual(['compatible snowflake added']);
  expect(ways(alone, both)).toEqual([expect.stringMatching(/^breaking rows are checked in the lake/), 'compatible rds added']);
  expect(ways(both, alone)).toContainEqual(expect.stringMatching(/^breaking rows go to Snowflake as they are/));
});

it('a column that is widened, renamed or removed, where the table of Snowflake has it', () => {
  const table = { path: 'sql/snowflake/05_purchases.sql', text: `${publishedDdl(parseContract(TEXT, 'x'))};\n` };
  const consumers = new Consumers([table], { path: OLD, text: TEXT });
  const line = table.text.split('\n').findIndex((each) => each.includes(' quantity ')) + 1;
  const place = { file: table.path, line, does: 'reads it' };
  expect(consumers.ofColumn('purchases', 'quantity')).toEqual([place]);
  expect(consumers.narrowerThanColumn('purchases', 'quantity', 'bigint')).toEqual([place]);
  expect(consumers.ofColumn('sales', 'quantity')).toEqual([]);
});
