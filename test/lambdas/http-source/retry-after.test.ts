import { expect, it } from 'vitest';
import { pauseMs } from '../../../lambdas/http-source/patience';
import { retryAfterMs } from '../../../lambdas/http-source/retry-after';

const NOW = new Date('2026-01-31T09:00:00Z');

it.each([
  ['7', 7000],
  [' 0 ', 0],
  ['Sat, 31 Jan 2026 09:00:30 GMT', 30_000],
  ['Sat, 31 Jan 2026 08:59:00 GMT', 0],
  ['soon', undefined],
  ['-5', undefined],
  [null, undefined],
])('Retry-After %j is %j ms', (header, expected) => {
  expect(retryAfterMs(header, NOW)).toBe(expected);
});

it('a pause is as long as the source asks for, else a random part of one that grows up to half a minute', () => {
  const failed = { kind: 'failed', reason: '' } as const;
  expect(pauseMs({ ...failed, retryAfterMs: 90_000 }, 1, 0)).toBe(90_000);
  expect([1, 2, 3, 10, 50].map((attempt) => pauseMs(failed, attempt, 1))).toEqual([1000, 2000, 4000, 30_000, 30_000]);
  expect(pauseMs(failed, 5, 0.25)).toBe(4000);
});
