import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tellOrLog } from '../../../lambdas/lineage/tell-or-log';
import { logger } from '../../../lambdas/log/logger';
import { faultsOf } from '../../openlineage/faults';
import { createBucket } from '../support/aws';
import { get, keys } from '../support/objects';
import { receivedRun } from '../support/runs';

const run = receivedRun('told');
let bucket: string;

beforeEach(async () => {
  bucket = await createBucket('lake');
  Object.assign(process.env, { LINEAGE_PATH: `s3://${bucket}/lineage/`, LINEAGE_NAMESPACE: 'assay-dev' });
});
afterEach(() => vi.restoreAllMocks());

describe('tellOrLog', () => {
  test('writes one line of JSON below dataset, day and run', async () => {
    await tellOrLog({ eventType: 'START', run });
    const [key = '', ...others] = await keys(bucket);
    expect(others).toEqual([]);
    expect(key).toMatch(new RegExp(`^lineage/purchases/2025-01-02/${run.runId}/run-START-[0-9a-f]{8}\\.jsonl$`));
    const text = String(await get(bucket, key));
    expect(text.indexOf('\n')).toBe(text.length - 1);
    expect(JSON.parse(text)).toMatchObject({ eventType: 'START', job: { namespace: 'assay-dev', name: 'purchases' } });
    expect(faultsOf(JSON.parse(text))).toEqual([]);
  });

  test('keeps the events of every attempt of a step', async () => {
    await tellOrLog({ eventType: 'START', run, step: 'upsert-rds' });
    await tellOrLog({ eventType: 'START', run, step: 'upsert-rds' });
    const names = (await keys(bucket)).map((key) => key.split('/').at(-1));
    expect(names).toEqual([
      expect.stringMatching(/^upsert-rds-START-/) as string,
      expect.stringMatching(/^upsert-rds-START-/) as string,
    ]);
  });

  test.each([
    ['the bucket is not there', { LINEAGE_PATH: 's3://no-such-bucket/lineage' }, 'NoSuchBucket'],
    ['the path is none', { LINEAGE_PATH: 'lineage' }, 'expected s3://bucket/prefix'],
    ['no namespace is set', { LINEAGE_NAMESPACE: '' }, 'LINEAGE_NAMESPACE'],
  ])('logs and goes on when %s', async (_, environment, reason) => {
    Object.assign(process.env, environment);
    const log = vi.spyOn(logger, 'error');
    await tellOrLog({ eventType: 'FAIL', run });
    expect(log).toHaveBeenCalledExactlyOnceWith('the lineage event could not be written', {
      run: run.runId,
      eventType: 'FAIL',
      error: expect.stringContaining(reason) as string,
    });
  });
});
