import { expect, it } from 'vitest';
import { isCommitted, refreshRunOf } from '../../../cli/refresh/refresh-run';
import { BUILDING, DONE } from './models';

const failure = (step: string, name: string) => ({ step, name, cause: 'why' });
const ended = (step: string, name: string, state: typeof DONE | undefined) =>
  refreshRunOf('id', true, { status: 'FAILED', state, failure: failure(step, name) });

it('has of a refresh under way what is known so far', () => {
  expect(refreshRunOf('id', true, { status: 'RUNNING', state: undefined, failure: undefined })).toEqual({
    id: 'id',
    status: 'running',
    full: true,
    loads: null,
    models: [],
    failedStep: null,
    error: null,
  });
  expect(refreshRunOf('id', false, { status: 'RUNNING', state: BUILDING, failure: undefined })).toMatchObject({
    loads: 2,
    models: BUILDING.models,
  });
});

it('has the step that failed, and no model that would still run', () => {
  expect(ended('RefreshModels', 'QueryFailed', BUILDING)).toMatchObject({
    status: 'failed',
    failedStep: 'RefreshModels',
    error: { name: 'QueryFailed', cause: 'why' },
    models: [{ status: 'succeeded' }, { name: 'fact_sales', status: 'failed' }, { status: 'pending' }],
  });
});

it.each(['ABORTED', 'TIMED_OUT', 'GONE'] as const)('calls one that is %s failed, though it left no report', (status) => {
  const run = refreshRunOf('id', false, { status, state: BUILDING, failure: undefined });
  const cause = `the execution is ${status.toLowerCase().replace('_', ' ')} and left no report`;
  expect(run).toMatchObject({ status: 'failed', failedStep: null, error: { name: 'ExecutionCutOff', cause } });
  expect([run.models, isCommitted(run)]).toEqual([BUILDING.models, 'unknown']);
});

it.each([
  ['RefreshModels', 'InvariantBroken', BUILDING, false],
  ['RefreshModels', 'QueryFailed', undefined, false],
  // The transaction goes on without whoever looks at it.
  ['RefreshModels', 'AwsUnavailable', BUILDING, 'unknown'],
  ['RefreshModels', 'Sandbox.Timedout', undefined, 'unknown'],
  ['AnalyzeTables', 'QueryFailed', DONE, true],
] as const)('knows of a refresh that failed in %s by %s whether it is committed', (step, name, state, committed) => {
  expect(isCommitted(ended(step, name, state))).toBe(committed);
});
