import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadContracts } from '../../contracts/catalog';
import { TEXT, changed, placeOf, purchases } from './purchases';

let directory: string;
beforeEach(() => (directory = mkdtempSync(join(tmpdir(), 'contracts-'))));
afterEach(() => rmSync(directory, { recursive: true }));

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
}

/** Another dataset of the same shape. */
const refunds = [
  ['id: purchases\nname: purchases', 'id: refunds\nname: refunds'],
  ['- name: purchases', '- name: refunds'],
  ['- name: customer_purchase_summary', '- name: customer_refund_summary'],
  ['customer_purchases_{date}', 'customer_refunds_{date}'],
].reduce((text, [from = '', to = '']) => changed(from, to, text), TEXT);

describe('loadContracts', () => {
  it('reads every contract of the directory, by dataset, and nothing else', () => {
    write({ 'refunds.odcs.yaml': refunds, 'purchases.odcs.yaml': TEXT, 'notes.yaml': 'a: b', 'contract.ts': '' });
    const contracts = loadContracts(directory);
    expect(contracts.map(({ dataset }) => dataset)).toEqual(['purchases', 'refunds']);
    expect(contracts[0]).toEqual(purchases());
  });

  it('reads the contracts of this project', () => {
    expect(loadContracts('contracts')).toContainEqual(purchases());
  });

  it('names the file of a contract that cannot be used', () => {
    const text = changed('[rds]', '[mysql]');
    write({ 'purchases.odcs.yaml': text });
    const file = relative('', join(directory, 'purchases.odcs.yaml'));
    expect(() => loadContracts(directory)).toThrow(
      `${file}:${placeOf(text, 'mysql')}: customProperties[4].value[0] is "mysql"`,
    );
  });

  it('wants a file to have the name of its dataset', () => {
    write({ 'sales.odcs.yaml': TEXT });
    expect(() => loadContracts(directory)).toThrow(
      'sales.odcs.yaml:1:1: the first table is purchases; expected the file purchases.odcs.yaml; rename the file or the table',
    );
  });

  it('refuses two contracts that claim the same files', () => {
    write({
      'purchases.odcs.yaml': TEXT,
      'refunds.odcs.yaml': changed('customer_refunds_', 'customer_purchases_', refunds),
    });
    expect(() => loadContracts(directory)).toThrow(
      'refunds.odcs.yaml:1:1: customer_purchases_YYYYMMDD.csv (purchases) and customer_purchases_YYYYMMDD.csv (refunds) ' +
        'claim the same files; expected each file to have one contract; change one filePattern',
    );
  });

  it('refuses two contracts that make the same table', () => {
    write({
      'purchases.odcs.yaml': TEXT,
      'refunds.odcs.yaml': changed('customer_refund_summary', 'customer_purchase_summary', refunds),
    });
    expect(() => loadContracts(directory)).toThrow('the model customer_purchase_summary is in purchases.odcs.yaml too');
  });
});
