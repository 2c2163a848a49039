import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { lintFiles, lintFolder, lintText } from '../../../cli/contract/lint';
import { CONTRACTS_FOLDER } from '../../../cli/datasets';

const GOOD = readFileSync(join(CONTRACTS_FOLDER, 'purchases.odcs.yaml'), 'utf8');
let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'assay lint '))));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

it('finds the contracts of this project valid', () => {
  const linted = lintFolder(CONTRACTS_FOLDER);
  expect(linted.flatMap(({ faults }) => faults)).toEqual([]);
  expect(lintText(linted)).toContain('contracts/purchases.odcs.yaml: valid');
});

it('tells line and column of every fault, and of every file', () => {
  const good = write('purchases.odcs.yaml', GOOD);
  const bad = write('bad.odcs.yaml', GOOD.replace('DECIMAL(18,2)', 'MONEY'));
  const linted = lintFiles([good, bad]);
  const line = GOOD.slice(0, GOOD.indexOf('DECIMAL(18,2)')).split('\n').length;
  expect(linted.map(({ file, faults }) => [file, faults.length > 0])).toEqual([
    [good, false],
    [bad, true],
  ]);
  expect(linted[1]?.faults[0]).toMatchObject({ line, message: expect.stringContaining('MONEY') as string });
  expect(lintText(linted)).toContain(`${bad}:${line}:`);
});

it('tells of two contracts that claim one file', () => {
  write('purchases.odcs.yaml', GOOD);
  const refunds = GOOD.replace('id: purchases\nname: purchases', 'id: refunds\nname: refunds')
    .replace('- name: purchases', '- name: refunds')
    .replace('- name: customer_purchase_summary', '- name: customer_refund_summary');
  write('refunds.odcs.yaml', refunds);
  const text = lintText(lintFolder(folder));
  expect(text).toContain('refunds.odcs.yaml:1:1: ');
  expect(text).toContain('claim the same files');
});

it.each(['', '\n\n', '# to be written\n'])('says of %j that the file is empty', (text) => {
  const file = write('empty.odcs.yaml', text);
  expect(lintText(lintFiles([file]))).toBe(`${file}:1:1: the file is empty, expected a contract`);
  expect(lintText(lintFolder(folder))).toContain('empty.odcs.yaml:1:1: the file is empty');
});

it('says of a folder that it is one', () => {
  expect(() => lintFiles([folder])).toThrow(
    `${folder} is a folder, expected a contract: name its files, as ${join(folder, '*.odcs.yaml')}`,
  );
});

it('says which file cannot be read, and which folder has no contract', () => {
  expect(() => lintFiles([join(folder, 'none.odcs.yaml')])).toThrow(/cannot read .*none\.odcs\.yaml/);
  expect(() => lintFolder(folder)).toThrow('no contract in');
});
