import { expect, it } from 'vitest';
import { followRefresh, ModelWatch } from '../../../cli/refresh/follow-refresh';
import { refreshRunOf, type RefreshLook } from '../../../cli/refresh/refresh-run';
import type { FileEvent } from '../../../cli/progress/view';
import { BUILDING, DONE } from './models';

const look = (status: RefreshLook['status'], state?: RefreshLook['state']): RefreshLook => ({
  status,
  state,
  failure: undefined,
});

/** Follows a refresh that shows these, one a look. */
async function follow(looks: RefreshLook[], signal = new AbortController().signal) {
  const events: FileEvent[] = [];
  const view = { show: (_: string, event: FileEvent) => events.push(event) > 0, close: () => Promise.resolve() };
  const refreshes = { look: () => Promise.resolve(looks.shift() ?? look('GONE')) };
  const run = followRefresh({ refreshes, view, pollEvery: 1, signal }, { id: '4f', arn: 'arn', full: false });
  return { run: await run, kinds: events.map(({ kind }) => kind), looksLeft: looks.length };
}

it('looks until the end, shows each look, and has the last one', async () => {
  const { run, kinds, looksLeft } = await follow([
    look('RUNNING'),
    look('RUNNING', BUILDING),
    look('SUCCEEDED', DONE),
    look('SUCCEEDED', DONE),
  ]);
  expect([run.status, run.models, kinds, looksLeft]).toEqual(['succeeded', DONE.models, ['looked', 'looked', 'ended'], 1]);
});

it('stops at once where its user ends it', async () => {
  await expect(follow([look('RUNNING'), look('RUNNING')], AbortSignal.abort())).rejects.toThrow('aborted');
});

it('knows when a model began: when first seen, or as long before its end as it took', () => {
  const watch = new ModelWatch();
  const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
  const seen = (state: typeof DONE, second: number) =>
    watch
      .watched(refreshRunOf('4f', false, look('RUNNING', state)), at(second))
      .steps.map(({ startedAt, endedAt }) => [startedAt, endedAt]);
  const before = (second: number, seconds: number) => new Date(at(second).getTime() - seconds * 1000).toISOString();
  const customers = [before(10, 1.25), at(10).toISOString()];
  expect(seen(BUILDING, 10)).toEqual([customers, [at(10).toISOString(), null], [null, null]]);
  expect(seen(BUILDING, 11)).toEqual([customers, [at(10).toISOString(), null], [null, null]]);
  expect(seen(DONE, 15)).toEqual([customers, [before(15, 2), at(15).toISOString()], [before(15, 0.04), at(15).toISOString()]]);
});
