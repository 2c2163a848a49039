import { expect, it } from 'vitest';
import type { Execution } from '../../../cli/execution/executions';
import { UserError } from '../../../cli/failure';
import type { FileItem } from '../../../cli/runs/file-item';
import { follow, type Follower } from '../../../cli/runs/follow';

const CLAIMED: FileItem = {
  id: 'a1',
  dataset: 'purchases',
  key: 'k',
  versionId: 'v',
  status: 'claimed',
  startedAt: 't',
};
const RUNNING: FileItem = { ...CLAIMED, status: 'running', executionArn: 'arn' };
const LOADED: FileItem = { ...RUNNING, status: 'succeeded' };
const going: Execution = { status: 'RUNNING', steps: [], error: null };
const done: Execution = { ...going, status: 'SUCCEEDED' };

/** Answers in turn, the last one for good; anything asked of nothing planned throws. */
function follower(
  items: readonly (FileItem | undefined)[],
  executions: readonly Execution[] = [],
  more: Partial<Follower> = {},
): Follower {
  const turn = <Value>(values: readonly Value[]): (() => Promise<Value>) => {
    let next = 0;
    return () => {
      const value = values[Math.min(next++, values.length - 1)];
      return values.length === 0 ? Promise.reject(new Error('not planned')) : Promise.resolve(value as Value);
    };
  };
  const { signal } = new AbortController();
  return {
    ledger: { get: turn(items) },
    executions: { look: turn(executions) },
    pollEvery: 1,
    patience: 1000,
    signal,
    ...more,
  };
}

async function statuses(some: Follower): Promise<string[]> {
  const seen: string[] = [];
  for await (const { status } of follow(some, 'a1', 'k')) seen.push(status);
  return seen;
}

it('waits until the file is taken and started, and looks until the execution has ended', async () => {
  const items = [undefined, CLAIMED, RUNNING, RUNNING, LOADED];
  expect(await statuses(follower(items, [going, done]))).toEqual(['running', 'succeeded']);
});

it('goes on after the ledger says succeeded, for the steps that follow that', async () => {
  expect(await statuses(follower([LOADED], [going, going, done]))).toEqual(['succeeded', 'succeeded', 'succeeded']);
});

it.each(['skipped', 'failed'] as const)('ends at once with a file that is %s without an execution', async (status) => {
  expect(await statuses(follower([{ ...CLAIMED, status }]))).toEqual([status]);
});

it('ends when the execution is gone', async () => {
  expect(await statuses(follower([RUNNING], [{ ...going, status: 'GONE' }]))).toEqual(['failed']);
});

it('says so when nothing takes the file', async () => {
  const error = await statuses(follower([undefined], [], { patience: 5 })).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toContain('nothing took k out of the inbox within 0.0 s: see `npx assay status`');
});

it('says so when a file is claimed and never started', async () => {
  await expect(statuses(follower([CLAIMED], [], { patience: 5 }))).rejects.toThrow('k was received but not started');
});

it('stops when interrupted', async () => {
  const { signal } = (() => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('stop')), 10);
    return controller;
  })();
  await expect(statuses(follower([RUNNING], [going], { signal, pollEvery: 60_000 }))).rejects.toThrow();
});
