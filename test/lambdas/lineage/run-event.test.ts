import { describe, expect, test } from 'vitest';
import { runEvent, s3Object, type RunEventProps } from '../../../lambdas/lineage/run-event';
import { runUuid } from '../../../lambdas/lineage/run-uuid';
import { faultsOf } from '../../openlineage/faults';
import { receivedRun } from '../support/runs';

const NOW = new Date('2026-01-02T03:04:05.678Z');
const run = receivedRun('lineage');
const props = { eventType: 'START', namespace: 'assay-dev', run } as const satisfies RunEventProps;
const OBJECT = s3Object({ bucket: 'bronze', key: 'a b?c/d.csv', versionId: 'b1' });
const error = { step: 'BronzeToSilver', name: 'MissingColumn', cause: 'line 1: the header has no column email' };

const facet = (producer: string, path: string, fields: object) => ({
  _producer: producer,
  _schemaURL: `https://openlineage.io/spec/facets/${path}.json#/$defs/${path.split('/')[1] ?? ''}`,
  ...fields,
});
const ours = (path: string, fields: object) => facet('urn:assay:lambdas', path, fields);

describe('runEvent', () => {
  test('tells of a run as a job with the name of the dataset, that reads a version of a file', () => {
    expect(runEvent(props, NOW)).toEqual({
      eventType: 'START',
      eventTime: '2026-01-02T03:04:05.678Z',
      producer: 'urn:assay:lambdas',
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
      run: {
        runId: runUuid(run.runId),
        facets: {
          executionParameters: ours('1-0-0/ExecutionParametersRunFacet', {
            parameters: [
              { key: 'run_id', value: run.runId },
              { key: 'outcome', value: 'load' },
              { key: 'source_key', value: 'lineage/customer_purchases_20250102.csv' },
              { key: 'source_version', value: 'v1' },
              { key: 'ingestion_date', value: '2025-01-02' },
            ],
          }),
          nominalTime: ours('1-0-1/NominalTimeRunFacet', { nominalStartTime: '2025-01-02T00:00:00Z' }),
        },
      },
      job: {
        namespace: 'assay-dev',
        name: 'purchases',
        facets: {
          jobType: ours('2-0-4/JobTypeJobFacet', {
            processingType: 'BATCH',
            integration: 'AWS_STEP_FUNCTIONS',
            jobType: 'DAG',
          }),
        },
      },
      inputs: [
        {
          namespace: 's3://inbox',
          name: 'lineage/customer_purchases_20250102.csv',
          facets: { version: ours('1-0-1/DatasetVersionDatasetFacet', { datasetVersion: 'v1' }) },
        },
      ],
      outputs: [],
    });
  });

  test('tells why a run failed', () => {
    expect(runEvent({ ...props, eventType: 'FAIL', error }, NOW)).toMatchObject({
      eventType: 'FAIL',
      run: {
        facets: {
          errorMessage: ours('1-0-1/ErrorMessageRunFacet', {
            message: 'BronzeToSilver: MissingColumn: line 1: the header has no column email',
            programmingLanguage: 'TYPESCRIPT',
          }),
        },
      },
    });
  });

  test('tells of a step as a child of the run', () => {
    const event = runEvent({ ...props, step: 'upsert-rds', outputs: [OBJECT] }, NOW);
    const parent = { run: { runId: runUuid(run.runId) }, job: { namespace: 'assay-dev', name: 'purchases' } };
    expect(event).toMatchObject({
      run: {
        runId: runUuid(run.runId, 'upsert-rds'),
        facets: { parent: ours('1-2-0/ParentRunFacet', { ...parent, root: parent }) },
      },
      job: { name: 'purchases.upsert-rds' },
      inputs: [],
      outputs: [{ namespace: 's3://bronze', name: 'a b?c/d.csv', facets: { version: { datasetVersion: 'b1' } } }],
    });
  });

  test.each<Partial<RunEventProps>>([
    { eventType: 'START' },
    { eventType: 'COMPLETE', outputs: [OBJECT, { namespace: 'postgres://h:5432', name: 'd.public.t' }] },
    { eventType: 'FAIL', error },
    { eventType: 'START', step: 'upsert-rds' },
  ])('is valid against the published schemas: %o', (changes) => {
    expect(faultsOf(runEvent({ ...props, ...changes }, NOW))).toEqual([]);
  });
});

describe('the published schemas', () => {
  const event = runEvent(props, NOW) as { run: { runId: string; facets: Record<string, object> } };
  const changed = (facets: Record<string, object>) => ({ ...event, run: { ...event.run, facets } });
  const { nominalTime = {} } = event.run.facets;

  test.each([
    ['a run id that is no UUID', { ...event, run: { runId: run.runId } }, 'event/run/runId'],
    ['an event type of our own', { ...event, eventType: 'DONE' }, 'event/eventType'],
    ['an event without a job', { ...event, job: undefined }, "event must have required property 'job'"],
    [
      'a facet without what it must have',
      changed({ nominalTime: { ...nominalTime, nominalStartTime: 'today' } }),
      'nominalTime/',
    ],
    ['a facet under another name', changed({ time: nominalTime }), 'time: '],
    ['a facet that nobody published', changed({ nominalTime: { ...nominalTime, _schemaURL: 'https://a.b/c' } }), 'no schema'],
  ])('refuse %s', (_, wrong, fault) => {
    expect(faultsOf(wrong)).toEqual(expect.arrayContaining([expect.stringContaining(fault)]) as string[]);
  });
});
