import { expect, it } from 'vitest';
import { refreshText } from '../../../cli/refresh/refresh-text';
import { refreshRunOf } from '../../../cli/refresh/refresh-run';
import { BUILDING, DONE } from './models';

it('tells of every model what it brought, and how many loads were taken in', () => {
  const text = refreshText(refreshRunOf('4f', false, { status: 'SUCCEEDED', state: DONE, failure: undefined }));
  expect(text.split('\n')).toEqual([
    'refresh 4f  succeeded: 2 loads taken in',
    'model         rows added  rows removed  seconds',
    '------------  ----------  ------------  -------',
    'dim_customer          12             3      1.3',
    'fact_sales          1200             0      2.0',
    'daily_sales            1             1      0.0',
  ]);
});

it('says when all was built from nothing, and when nothing was new', () => {
  const built = refreshRunOf('4f', true, { status: 'SUCCEEDED', state: { ...DONE, loads: 1 }, failure: undefined });
  expect(refreshText(built)).toContain('succeeded: every table built from nothing, 1 load taken in\n');
  const state = { full: false, isDone: true, loads: 0, models: [] };
  expect(refreshText(refreshRunOf('4f', false, { status: 'SUCCEEDED', state, failure: undefined }))).toBe(
    'refresh 4f  nothing new: the star schema has all that was loaded',
  );
});

it.each([
  ['QueryFailed', BUILDING, 'nothing of it was committed: the star schema is as the refresh before left it'],
  ['QueryFailed', DONE, 'the refresh itself is committed: its rows are in the star schema'],
  [
    'DatabaseUnavailable',
    BUILDING,
    'its transaction may still go on, and is committed whole or not at all: once it is, core.refresh_ledger has 4f',
  ],
])('tells of one that failed by %s where and why, and what is there now', (name, state, consequence) => {
  const failure = { step: 'RefreshModels', name, cause: 'column "x" does not exist' };
  const text = refreshText(refreshRunOf('4f', false, { status: 'FAILED', state, failure }));
  expect(text).toBe(`refresh 4f  failed in RefreshModels: ${name}: column "x" does not exist\n${consequence}`);
});
