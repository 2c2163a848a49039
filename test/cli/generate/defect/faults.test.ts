import { expect, it } from 'vitest';
import { FILE_FORMATS } from '../../../../contracts/file-format';
import { DATASETS } from '../../../../cli/generate/datasets';
import { faultsOf } from '../../../../cli/generate/defect/faults';
import { sizesOf } from '../../../../cli/generate/sizes';
import { generated } from '../generated';
import { brokenBusinessRules, brokenCells, contract } from '../judging';

it('each breaks one rule of one cell, which is in no key, and no business rule', async () => {
  const { files } = await generated({ sizes: sizesOf(0.02) });
  for (const dataset of DATASETS) {
    const of = contract(dataset);
    for (const format of FILE_FORMATS) {
      const faults = faultsOf(of, format).flat();
      expect(faults.length).toBeGreaterThan(0);
      for (const { column, rule, text } of faults)
        for (const row of files[dataset]?.[0]?.slice(0, 20) ?? []) {
          const spoiled = { ...row, [column]: text };
          expect([brokenCells(spoiled, of), brokenBusinessRules(spoiled, of)]).toEqual([[[rule, column]], []]);
          expect(of.primaryKey).not.toContain(column);
        }
    }
  }
});

it('are in Parquet what its columns can hold', () => {
  const rules = new Set(
    DATASETS.flatMap((dataset) =>
      faultsOf(contract(dataset), 'parquet')
        .flat()
        .map(({ rule }) => rule),
    ),
  );
  expect([...rules].sort()).toEqual(['enum', 'maxLength', 'minimum', 'pattern']);
});
