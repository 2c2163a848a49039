import { expect, it } from 'vitest';
import { laptopState, stateText } from '../../../cli/laptop/state';

const LAPTOP = laptopState({
  pid: 7,
  endpoint: 'http://127.0.0.1:4566',
  startedAt: '2026-01-01T00:00:00.000Z',
  postgres: { host: '127.0.0.1', port: 5433 },
  snowflake: { host: '127.0.0.1', port: 5434 },
  concessions: { host: '127.0.0.1', port: 5435 },
  logs: '/x/logs',
  environment: {
    AWS_ENDPOINT_URL: '',
    AWS_ENDPOINT_URL_S3: '',
    AWS_REGION: '',
    AWS_DEFAULT_REGION: '',
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: 'not shown',
  },
});

it('keeps what scripts need, and no credentials', () => {
  expect(LAPTOP).toEqual({
    endpoint: 'http://127.0.0.1:4566',
    pid: 7,
    startedAt: '2026-01-01T00:00:00.000Z',
    ports: { aws: 4566, postgres: 5433, snowflake: 5434, concessions: 5435 },
    logs: '/x/logs',
  });
});

it('says where everything is', () => {
  const stacks = [{ name: 'assay-local-lake', status: 'CREATE_COMPLETE' }];
  expect(stateText({ stage: 'local', running: true, laptop: LAPTOP, stacks })).toBe(
    [
      'laptop      running since 2026-01-01T00:00:00.000Z, process 7; ends with `npx assay down`',
      'AWS         http://127.0.0.1:4566, an emulator; Spark runs its Glue jobs and answers its Athena',
      'PostgreSQL  127.0.0.1:5433',
      'Snowflake   127.0.0.1:5434, the SQL API over DuckDB; dbt runs in it',
      'concessions 127.0.0.1:5435, kept for an API that you start: docs/concessions.md',
      'logs        /x/logs',
      '',
      'stack             status',
      '----------------  ---------------',
      'assay-local-lake  CREATE_COMPLETE',
    ].join('\n'),
  );
});

it('says what to do when nothing runs or nothing is deployed', () => {
  const nothing = { laptop: null, stacks: [] };
  expect(stateText({ ...nothing, stage: 'local', running: false })).toContain('`npx assay up`');
  expect(stateText({ ...nothing, stage: 'dev', running: true })).toContain('`npx cdk deploy --all -c stage=dev`');
});
