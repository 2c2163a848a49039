import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../contracts/catalog';
import { type Contract, parseContract } from '../../contracts/contract';
import { ContractError } from '../../contracts/contract-error';
import { extractIdOf } from '../../contracts/extract';
import { listsOf, stepsOf } from '../../contracts/extract-path';
import { extractSources } from '../../contracts/extract-source';
import { matchFile, nameOfDay } from '../../contracts/file-name';
import { flattenDocument } from '../../contracts/flatten-document';
import { changed, placeOf } from './purchases';

const textOf = (dataset: string): string => readFileSync(`contracts/${dataset}.odcs.yaml`, 'utf8');
const [LINES, ROOT] = [textOf('concession_lines'), textOf('concessions')];
const parse = (text: string): Contract => parseContract(text, 'x.odcs.yaml');

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ContractError) return error.message;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a contract of rows of an API', () => {
  it('says where its rows and their values are', () => {
    const { extract, columns } = parse(LINES);
    expect(extract).toEqual({ source: 'concessions', rows: 'lines[]', unknownKeys: 'ignored' });
    expect(columns.find(({ name }) => name === 'amount')?.path).toBe('lines[].amount.value');
    expect(parse(ROOT).extract).toMatchObject({ rows: '', changedAt: 'updated_at' });
  });

  it.each([
    [
      'a list that is none of the rows’',
      'value: lines[].sku',
      'value: lines[].adjustments[].sku',
      'lines[].adjustments[].sku',
      'expected no other lists than those of the rows, lines[]; correct it',
    ],
    [
      'a list with another name',
      'value: lines[].sku',
      'value: rows[].sku',
      'rows[].sku',
      'expected no other lists than those of the rows, lines[]; correct it',
    ],
    [
      'a value that has values',
      'value: lines[].sku',
      'value: lines[].amount',
      'lines[].amount.value',
      'expected a path that a record can have beside',
    ],
    [
      'a list as a value',
      'value: lines[].sku',
      'value: lines[]',
      'lines[]\n',
      'expected the path of a value from the record on',
    ],
    [
      'rows that are no list',
      'rows: lines[]',
      'rows: lines',
      'lines\n      unknownKeys',
      'expected the path of a list, such as lines[].adjustments[], or $ for the record',
    ],
    [
      'when it was changed, of a part',
      'unknownKeys: ignored',
      'unknownKeys: ignored\n      changedAt: updated_at',
      'updated_at\n  - property: inbox',
      'expected of the dataset whose rows are the records only; remove it',
    ],
    [
      'files of another format',
      '{suffix}.jsonl',
      '{suffix}.csv',
      'concession_lines_{date}{suffix}.csv',
      'expected NAME_{date}{suffix}.jsonl of a dataset with an extract; correct it',
    ],
    [
      'what is done with unknown keys',
      'unknownKeys: ignored',
      'unknownKeys: kept',
      'kept',
      'expected "ignored" or "refused"; correct it',
    ],
  ])('is refused with %s', (_name, from, to, at, message) => {
    const text = changed(from, to, LINES);
    const found = refusal(() => parse(text));
    expect(found).toContain(message);
    expect(found).toContain(`x.odcs.yaml:${placeOf(text, at)}: `);
    expect(found.split('\n')).toHaveLength(1);
  });

  it('is refused with a column without a path, and a path without an extract', () => {
    const path = '        customProperties:\n          - property: path\n            value: lines[].sku\n';
    expect(refusal(() => parse(changed(path, '', LINES)))).toContain(
      'expected the property path of a column of an extract; add it',
    );
    const extract = LINES.slice(LINES.indexOf('  - property: extract'), LINES.indexOf('  - property: inbox'));
    const found = refusal(() => parse(changed(extract, '', LINES)));
    expect(found).toContain(
      'customProperties[0].value is "concession_id"; expected in a contract with the property extract only',
    );
  });

  it('is refused when the records have no moment of their last change', () => {
    const found = refusal(() => parse(changed('      changedAt: updated_at\n', '', ROOT)));
    expect(found).toContain('value.changedAt is missing; expected the path of when a record was changed last; add it');
  });
});

describe('the contracts of one source', () => {
  it('are known by their rows', () => {
    const [source, ...others] = extractSources(loadContracts('contracts'));
    expect(others).toEqual([]);
    expect(source).toMatchObject({ source: 'concessions', key: ['concession_id'], changedAt: 'updated_at' });
    expect(source?.contracts.map(({ dataset }) => dataset)).toEqual([
      'concessions',
      'concession_lines',
      'concession_adjustments',
      'concession_contacts',
    ]);
    expect(source && flattenDocument(source).datasets[1]).toMatchObject({
      rows: 'lines[]',
      filePattern: 'concession_lines_{date}{suffix}.jsonl',
    });
  });

  it('are refused without the records themselves, with them twice, or with paths that do not go together', () => {
    const [root, lines] = [parse(ROOT), parse(LINES)];
    expect(refusal(() => extractSources([lines]))).toContain(
      'the source concessions has no dataset whose rows are its records',
    );
    expect(refusal(() => extractSources([root, { ...root, dataset: 'other' }]))).toContain(
      'other.odcs.yaml:1:1: the rows of concessions are the records',
    );
    const odd = parse(changed('value: reference', 'value: lines.number', ROOT));
    expect(refusal(() => extractSources([odd, lines]))).toMatch(/lines(\[\]|\.number).* cannot both be in a record/);
  });
});

it('paths are taken apart at their lists', () => {
  expect(stepsOf('a.b[].c')).toEqual([
    { key: 'a', isList: false },
    { key: 'b', isList: true },
    { key: 'c', isList: false },
  ]);
  expect(['', 'a', 'a[].b', 'a[].b[].c.d'].map(listsOf)).toEqual(['', '', 'a[]', 'a[].b[]']);
});

it('the file of any extract is its dataset’s, and has the day of the extract', () => {
  const routes = loadContracts('contracts').map(({ dataset, inbox }) => ({ dataset, ...inbox }));
  const { inbox } = parse(LINES);
  fc.assert(
    fc.property(fc.string(), (execution) => {
      const name = nameOfDay(inbox, '2026-01-31', 'jsonl').replace('.jsonl', `_${extractIdOf(execution)}.jsonl`);
      expect(matchFile(name, routes)).toEqual({
        kind: 'match',
        dataset: 'concession_lines',
        ingestionDate: '2026-01-31',
        format: 'jsonl',
      });
    }),
  );
});
