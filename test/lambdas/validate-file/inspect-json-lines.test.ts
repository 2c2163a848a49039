import { describe, expect, it } from 'vitest';
import { inspectJsonLines } from '../../../lambdas/validate-file/inspect-json-lines';
import { COLUMNS, CONTRACT, sampleOf } from './files';

const GOOD = {
  purchase_id: '0001',
  customer_id: '007',
  quantity: 1,
  amount_aud: 12.5,
  purchase_date: '2025-01-01',
};
const line = (changes: object = {}) => JSON.stringify({ ...GOOD, ...changes });
const inspected = (content: string, isWhole = true) => inspectJsonLines(sampleOf(content, isWhole), CONTRACT);

describe('JSON lines', () => {
  it.each([
    ['one object', line()],
    ['keys in another case', line().replace('purchase_id', ' Purchase_ID ')],
    ['a key that only the second object has', `${line()}\n${line({ product: 'tea' })}`],
    ['blank lines and CRLF', `\r\n${line()}\r\n\r\n${line()}`],
    ['a bad line among good ones', `${line()}\n{"purchase_id":\n${line()}`],
    ['a later unknown key, which is the row’s fault', `${line()}\n${line({ colour: 'red' })}`],
    ['few rows of which none fits', `${line({ quantity: 'x' })}\n`],
    ['numbers beyond a double', `${line().replace('12.5', '123456789012345678901234567890')}\n`.repeat(60)],
  ])('takes %s', (_, content) => {
    expect(inspected(content)).toEqual(COLUMNS);
  });

  it('does not judge an object that the sample cuts off', () => {
    expect(inspected(`${line()}\n{"purch`, false)).toEqual(COLUMNS);
  });

  it.each([
    ['an array', `[${line()}]`, 'NotJsonLines', 'is a JSON array'],
    ['a Parquet file', 'PAR1', 'NotJsonLines', 'is a Parquet file'],
    ['CSV', `${COLUMNS.join()}\n1,2`, 'NotJsonLines', 'none of its first 2 lines is a JSON object'],
    ['values that are no objects', '1\n"a"\n', 'NotJsonLines', 'none of its first 2 lines is a JSON object'],
    ['blank lines only', '\n\n', 'EmptyFile', 'has only blank lines'],
    ['an unknown key', line({ colour: 'red' }), 'UnknownColumn', 'line 1: the key "colour" is not in the contract'],
    ['a required key in no object', '{"purchase_id": "1"}', 'MissingColumn', 'no object has a key "customer_id", "quantity"'],
    ['sixty rows that do not fit', `${line({ quantity: 'x' })}\n`.repeat(60), 'NoRowFits', 'column "quantity" breaks the rule'],
  ])('refuses %s', (_, content, name, message) => {
    expect(() => inspected(content)).toThrow(
      expect.objectContaining({ name, message: expect.stringContaining(message) as string }),
    );
  });

  it('says of lists where values are expected that they are none, not that nothing is there', () => {
    expect(() => inspected(`${line({ customer_id: ['007'] })}\n`.repeat(50))).toThrow(
      'column "customer_id" breaks the rule "json" in 50 of the first 50',
    );
  });

  it('refuses what is not UTF-8, with the place', () => {
    const sample = { ...sampleOf(''), bytes: Buffer.concat([Buffer.from(`${line()}\n{"product": "`), Buffer.from([0xff])]) };
    expect(() => inspectJsonLines(sample, CONTRACT)).toThrow(expect.objectContaining({ name: 'BadEncoding' }));
  });
});
