import { parquetWriteBuffer, schemaFromColumnData, type BasicType } from 'hyparquet-writer';
import { beforeAll, describe, expect, it } from 'vitest';
import { handler } from '../../../lambdas/validate-file/index';
import { createBucket } from '../support/aws';
import { put } from '../support/objects';
import { receivedRun } from '../support/runs';
import { COLUMNS, CONTRACT } from './files';

interface WrittenColumn {
  readonly name: string;
  readonly data: readonly unknown[];
  readonly type?: BasicType | 'DATE';
}

const { columns, csv } = CONTRACT;
const GOOD: readonly WrittenColumn[] = COLUMNS.map((name) => ({ name, data: ['1', '2'], type: 'STRING' }));
let inbox: string;
let files = 0;

beforeAll(async () => {
  inbox = await createBucket('parquet');
});

/** The good file with some of its columns written in another way; undefined leaves one out. */
function written(changes: Readonly<Record<string, Partial<WrittenColumn> | undefined>> = {}): Buffer {
  const columnData = GOOD.flatMap((column) => {
    const change = column.name in changes ? changes[column.name] : {};
    return change === undefined ? [] : [{ ...column, ...change }];
  });
  return parquetOf(columnData);
}

/** The writer knows dates as another meaning of numbers. */
function parquetOf(columns: readonly WrittenColumn[]): Buffer {
  const columnData = columns.map(({ name, data, type }) => ({
    name,
    data: [...data],
    ...(type !== 'DATE' && type !== undefined && { type }),
  }));
  const dates = columns.filter(({ type }) => type === 'DATE');
  const schemaOverrides = Object.fromEntries(
    dates.map(({ name }) => [name, { name, type: 'INT32', converted_type: 'DATE' } as const]),
  );
  const schema = schemaFromColumnData({ columnData, schemaOverrides });
  const untyped = columnData.map(({ name, data }) => ({ name, data }));
  return Buffer.from(parquetWriteBuffer({ columnData: untyped, schema }));
}

async function validated(content: Buffer) {
  const file = await put(inbox, `purchases_${++files}.parquet`, content);
  return handler({ run: receivedRun('validated', { ...file, format: 'parquet' }), agreed: { columns, csv } });
}

describe('Parquet', () => {
  it.each([
    ['text', {}],
    ['integers', { quantity: { data: [1, 2], type: 'INT32' }, purchase_id: { data: [1n, 2n], type: 'INT64' } }],
    ['a date', { purchase_date: { data: [0, 19_000], type: 'DATE' } }],
    ['a name in another case', { quantity: { name: ' Quantity ' } }],
  ] as const)('takes %s', async (_, changes) => {
    expect((await validated(written(changes))).header).toEqual(COLUMNS);
  });

  it('tells the columns in the order of the file', async () => {
    expect((await validated(parquetOf(GOOD.toReversed()))).header).toEqual(COLUMNS.toReversed());
  });

  it.each([
    ['a float for money', { amount_aud: { data: [1.5, 2.5], type: 'DOUBLE' } }, 'WrongColumnType', '"amount_aud" is double'],
    [
      'a boolean for a number',
      { quantity: { data: [true, false], type: 'BOOLEAN' } },
      'WrongColumnType',
      'is boolean, expected integer',
    ],
    [
      'a timestamp for a date',
      { purchase_date: { data: [new Date(0), new Date(1)], type: 'TIMESTAMP' } },
      'WrongColumnType',
      'is timestamp',
    ],
    ['a missing column', { quantity: undefined }, 'MissingColumn', 'schema: no column "quantity"'],
    ['an unknown column', { quantity: { name: 'colour' } }, 'MissingColumn', 'but "colour"'],
  ] as const)('refuses %s', async (_, changes, name, message) => {
    await expect(validated(written(changes))).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message) as string,
    });
  });

  it.each([
    ['CSV', Buffer.from('purchase_id,customer_id\n1,2\n'), 'is no whole Parquet file'],
    ['a PDF', Buffer.from('%PDF-1.7 and more of it'), 'is a PDF document'],
    ['a file that is cut off', written().subarray(0, -10), 'is no whole Parquet file'],
    ['eight bytes', Buffer.from('PAR1PAR1'), 'is no whole Parquet file (8 bytes)'],
    ['a footer that is none', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(40, 7), Buffer.from('PAR1')]), 'its footer'],
  ])('refuses %s', async (_, content, message) => {
    await expect(validated(content)).rejects.toMatchObject({
      name: 'NotParquet',
      message: expect.stringContaining(message) as string,
    });
  });
});
