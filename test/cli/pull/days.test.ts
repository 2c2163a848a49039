import { describe, expect, it } from 'vitest';
import { daysOf } from '../../../cli/pull/days';

const NOW = new Date('2026-03-02T00:10:00Z');

describe('the days that are meant', () => {
  it('are yesterday, one day, or those from one to another, over the end of a month', () => {
    expect(daysOf({}, NOW)).toEqual(['2026-03-01']);
    expect(daysOf({ day: '2025-12-31' }, NOW)).toEqual(['2025-12-31']);
    expect(daysOf({ from: '2026-02-27' }, NOW)).toEqual(['2026-02-27']);
    expect(daysOf({ from: '2026-02-27', to: '2026-03-01' }, NOW)).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
  });

  it.each([
    [{ day: '2026-03-02' }, '2026-03-02 is not over yet in UTC: the last day that is, is 2026-03-01'],
    [{ from: '2026-02-01', to: '2026-03-05' }, '2026-03-05 is not over yet in UTC'],
    [{ from: '2026-02-02', to: '2026-02-01' }, '--from 2026-02-02 is after --to 2026-02-01'],
    [{ to: '2026-02-02' }, 'say --from DAY with --to DAY'],
    [{ day: '0000-01-01' }, 'transactions begin at 2000-01-01: 0000-01-01 is before it'],
    [{ day: '2026-01-01', to: '2026-01-02' }, 'say --day DAY, or --from DAY --to DAY'],
    [{ from: '2001-01-01', to: '2026-01-01' }, 'ask for at most 3660 at once'],
  ])('%j are refused', (asked, message) => {
    expect(() => daysOf(asked, NOW)).toThrow(message);
  });
});
