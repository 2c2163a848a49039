import { expect, it } from 'vitest';
import { checkKeys } from '../../../cli/quarantine/check-keys';
import { correctedRows, rowText } from '../../../cli/quarantine/release-file';
import { parseContract } from '../../../contracts/contract';
import { changed } from '../../contracts/purchases';

const renamed = '- name: purchase_id\n        customProperties: [{ property: renamedFrom, value: id }]\n';
const contract = parseContract(changed('- name: purchase_id\n', renamed), 'purchases');
const rowsAs = rowText('csv', contract.csv);
const HEADER = ['id', 'amount_aud'];
const REFUSED = [
  { row: 3, raw: 'P-3,"12,50"', releasedBy: null },
  { row: 4, raw: ',1e3', releasedBy: null },
  { row: 5, raw: 'P-5,1,2,3', releasedBy: null },
  { row: 6, raw: '"P-6,1', releasedBy: null },
];
const check = (text: string) => {
  checkKeys('fixed.csv', correctedRows(text, 'fixed.csv', rowsAs), REFUSED, HEADER, contract, rowsAs);
};

it.each([
  ['the same key', '_row,id,amount_aud\n3,P-3,12.50\n'],
  ['its columns in another order and with their new name', '_row,amount_aud,purchase_id\n3,12.50, P-3 \n'],
  ['a key where there was none', '_row,id,amount_aud\n4,P-4,1000\n'],
  ['a key of a row that was not divided', '_row,id,amount_aud\n5,P-9,1\n6,P-9,1\n'],
  ['another number of cells, which the machine refuses', '_row,id,amount_aud\n3,P-9\n'],
])('takes %s', (_title, text) => {
  expect(() => {
    check(text);
  }).not.toThrow();
});

it('does not take the rows of another run for those with their numbers', () => {
  expect(() => {
    check('_row,id,amount_aud\n4,P-4,1\n3,Q-3,12.50\n');
  }).toThrow('fixed.csv, _row 3: purchase_id is Q-3, of the refused row it is P-3; correct the rows that this run refused');
});
