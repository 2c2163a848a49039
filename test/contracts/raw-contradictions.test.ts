import { expect, it } from 'vitest';
import { parseContract } from '../../contracts/contract';
import { hasSilver, isPublished } from '../../contracts/targets';
import { changed, refusalOf, TEXT } from './purchases';

const MODEL = TEXT.slice(
  TEXT.indexOf('  - name: customer_purchase_summary'),
  TEXT.indexOf('customProperties:\n  - property: inbox'),
);
const THRESHOLDS = TEXT.slice(TEXT.indexOf('  - property: thresholds'), TEXT.indexOf('  - property: archivePrefix'));
const FOR_SNOWFLAKE = changed('value: [rds]', 'value: [snowflake]', changed(MODEL, '', changed(THRESHOLDS, '')));
const OPTIONAL = ['header: required', 'header: optional'] as const;

it('a dataset for Snowflake alone goes there as it is; any other target needs silver', () => {
  const targets = [[], ['rds'], ['redshift', 'snowflake'], ['snowflake']] as const;
  expect(targets.map((some) => hasSilver({ targets: some }))).toEqual([true, true, true, false]);
});

it('only its files may come without a header', () => {
  expect(parseContract(changed(...OPTIONAL, FOR_SNOWFLAKE), 'x').csv.header).toBe('optional');
  expect(refusalOf(changed(...OPTIONAL))).toContain(
    'header is "optional"; expected required: only files for Snowflake alone may come without a header',
  );
});

it('its files are CSV', () => {
  const anyFormat = changed('customer_purchases_{date}.csv', "'customer_purchases_{date}.{format}'", FOR_SNOWFLAKE);
  expect(refusalOf(anyFormat)).toContain('expected no {format}: Snowflake is loaded from the CSV as it is');
});

it('it has no models: dbt makes those', () => {
  expect(refusalOf(changed('value: [rds]', 'value: [snowflake]'))).toContain(
    'expected no model: those of Snowflake are made by dbt; remove it',
  );
});

it('it has no thresholds: dbt scores nothing', () => {
  expect(refusalOf(changed('value: [rds]', 'value: [snowflake]', changed(MODEL, '')))).toContain(
    'expected no thresholds: dbt checks the rows, and scores none; remove them',
  );
});

it('beside another target it is checked in the lake, like any dataset: with models, thresholds and files of any format', () => {
  const anyFormat = changed('customer_purchases_{date}.csv', "'customer_purchases_{date}.{format}'");
  const contract = parseContract(changed('value: [rds]', 'value: [snowflake, rds]', anyFormat), 'x');
  expect([hasSilver(contract), isPublished(contract), contract.models.length]).toEqual([true, true, 1]);
  expect(refusalOf(changed(...OPTIONAL, changed('value: [rds]', 'value: [redshift, snowflake]')))).toContain(
    'only files for Snowflake alone may come without a header',
  );
  expect([FOR_SNOWFLAKE, TEXT].map((text) => isPublished(parseContract(text, 'x')))).toEqual([false, false]);
});
