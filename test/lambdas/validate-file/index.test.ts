import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { ReceivedRun } from '../../../contracts/run';
import { handler } from '../../../lambdas/validate-file/index';
import { createBucket } from '../support/aws';
import { runBundled } from '../support/bundled';
import { serveLargeObject } from '../support/large-object';
import { put, remove } from '../support/objects';
import { receivedRun } from '../support/runs';
import { COLUMNS, CONTRACT, HEADER, ROW } from './files';

let inbox: string;
const { columns, csv } = CONTRACT;
const validate = (run: ReceivedRun, changes: object = {}) => handler({ run, agreed: { columns, csv, ...changes } });
const runOf = async (key: string, content: string) => receivedRun('validated', await put(inbox, key, content));

beforeAll(async () => {
  inbox = await createBucket('inbox');
});

describe('validate-file', () => {
  test('adds header and delimiter to the run', async () => {
    const run = await runOf('a b+%20ü/good.csv', `${HEADER}\n${ROW}\n`);
    expect(await validate(run)).toEqual({ ...run, header: COLUMNS, headerLines: 1, delimiter: ',' });
  });

  test('reads the version of the run, not the newest', async () => {
    const run = await runOf('twice.csv', `${HEADER}\n${ROW}\n`);
    await put(inbox, 'twice.csv', 'something else');
    expect((await validate(run)).header).toEqual(COLUMNS);
  });

  test('an empty file is EmptyFile', async () => {
    await expect(validate(await runOf('empty.csv', ''))).rejects.toMatchObject({
      name: 'EmptyFile',
      message: 'empty.csv is empty (0 bytes), expected at least one line; upload it again with its content',
    });
  });

  test('a version that is gone is VersionGone', async () => {
    const file = await put(inbox, 'gone.csv', HEADER);
    await remove(file);
    await expect(validate(receivedRun('gone', file))).rejects.toMatchObject({ name: 'VersionGone' });
  });

  test('a file over the contract’s limit is FileTooLarge, with both sizes', async () => {
    const error = validate(await runOf('large.csv', HEADER), { maxBytes: 10 });
    await expect(error).rejects.toMatchObject({ name: 'FileTooLarge' });
    await expect(error).rejects.toThrow(`large.csv has ${HEADER.length} bytes, the contract allows 10`);
  });

  test('a file longer than the sample is accepted by its beginning', async () => {
    const rows = `${ROW}\n`.repeat(Math.ceil(300_000 / ROW.length));
    expect((await validate(await runOf('long.csv', `${HEADER}\n${rows}`))).header).toEqual(COLUMNS);
  });
});

describe('a file with released rows', () => {
  const release = async (key: string, content: string) => ({ ...(await runOf(key, content)), outcome: 'release' as const });
  const unfit = '7,1,,,,,x,N/A,31.12.2024\n'.repeat(60);

  test('says of each which row of the original it is', async () => {
    const run = await release('released.csv', `_row,${HEADER}\n3,${ROW}\n`);
    expect(await validate(run)).toEqual({ ...run, header: ['_row', ...COLUMNS], headerLines: 1, delimiter: ',' });
  });

  test('is refused without the numbers', async () => {
    const error = validate(await release('unnumbered.csv', `${HEADER}\n${ROW}\n`));
    await expect(error).rejects.toMatchObject({ name: 'MissingColumn' });
    await expect(error).rejects.toThrow('unnumbered.csv line 1: no column "_row"; expected _row, purchase_id, ');
  });

  test('may hold rows of which none fits yet, as no other file may', async () => {
    const header = ['_row', ...COLUMNS];
    expect(await validate(await release('unfit.csv', `${header.join()}\n${unfit}`))).toMatchObject({ header });
    const other = await runOf('unfit too.csv', `${HEADER}\n${unfit}`);
    await expect(validate(other)).rejects.toMatchObject({ name: 'NoRowFits' });
  });

  test('alone has the numbers: in another file the column is unknown', async () => {
    const numbered = await runOf('numbered.csv', `_row,${HEADER}\n3,${ROW}\n`);
    await expect(validate(numbered)).rejects.toMatchObject({ name: 'UnknownColumn' });
  });
});

describe('of 1 GB', () => {
  const size = 1024 ** 3;
  const rows = `${ROW}\n`.repeat(5000);

  test.each([true, false])('takes one range, one sample and little memory (server knows ranges: %s)', async (knowsRanges) => {
    const object = await serveLargeObject({ beginning: `${HEADER}\n${rows}`, size, knowsRanges });
    onTestFinished(object.close);
    const event = JSON.stringify({ run: receivedRun('large', { size }), agreed: { columns, csv } });
    const code = `import { handler } from './lambdas/validate-file/index'; export default handler(${event})`;
    const environment = { AWS_ENDPOINT_URL: object.endpoint };
    const { result, peakMegabytes } = await runBundled(code, environment);
    expect(result).toMatchObject({ header: COLUMNS });
    expect(object.ranges).toEqual(['bytes=0-262143']);
    expect(object.sent()).toBeLessThan(32 * 1024 ** 2);
    expect(peakMegabytes).toBeLessThanOrEqual(256);
  });
});
