import { expect, it } from 'vitest';
import { demoDays, demoKey } from '../../../cli/demo/days';
import type { FileItem } from '../../../cli/runs/file-item';

const item = (
  day: string,
  status: FileItem['status'],
  key = demoKey(`customer_purchases_${day.replaceAll('-', '')}.csv`),
): FileItem => ({
  id: `${day} ${status}`,
  dataset: 'purchases',
  key,
  versionId: 'v',
  ingestionDate: day,
  status,
  startedAt: 't',
});

it('begins with the first day', () => {
  expect(demoDays([])).toEqual({ done: [], next: '2026-01-01', unfinished: [] });
});

it('goes on with the first day that is not in the tables', () => {
  const items = [
    item('2026-01-03', 'succeeded'),
    item('2026-01-01', 'succeeded'),
    item('2026-01-01', 'skipped'),
    item('2026-01-02', 'failed'),
  ];
  expect(demoDays(items)).toEqual({ done: ['2026-01-01'], next: '2026-01-02', unfinished: [] });
});

it("takes no notice of users' own files", () => {
  expect(demoDays([item('2026-01-01', 'succeeded', 'customer_purchases_20260101.csv')]).next).toBe('2026-01-01');
});

it('names runs that an interrupted demo left behind', () => {
  const running = item('2026-01-01', 'running');
  expect(demoDays([running])).toEqual({ done: [], next: '2026-01-01', unfinished: [running] });
});
