import { expect, it } from 'vitest';
import { outcomeOf } from '../../../cli/runs/outcome';

const run = { rows: null, note: null, failedStep: null, error: null } as const;

it('says in one line how a run ended', () => {
  const rows = { read: 3042, published: 3000, quarantined: 30, deduplicated: 12 };
  expect([
    outcomeOf({ ...run, status: 'succeeded', rows }),
    outcomeOf({ ...run, status: 'succeeded', rows, note: 'a later version was\nthere' }),
    outcomeOf({ ...run, status: 'succeeded', rows: { read: 0, published: 0, quarantined: 0, deduplicated: 0 } }),
    outcomeOf({
      ...run,
      status: 'failed',
      failedStep: 'ValidateFile',
      error: { name: 'EmptyFile', cause: 'x.csv is\nempty' },
    }),
    outcomeOf({ ...run, status: 'skipped', note: 'same bytes as run a1' }),
    outcomeOf({ ...run, status: 'running' }),
  ]).toEqual([
    'succeeded: 3,042 rows read, 3,000 rows published, 30 quarantined, 12 deduplicated',
    'succeeded: 3,042 rows read, 3,000 rows published, 30 quarantined, 12 deduplicated; a later version was\\nthere',
    'succeeded: the file has a header and no rows',
    'failed in ValidateFile: EmptyFile: x.csv is\\nempty',
    'skipped: same bytes as run a1',
    'running',
  ]);
});
