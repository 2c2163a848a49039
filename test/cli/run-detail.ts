import type { RunDetail } from '../../cli/runs/summary';

/** A run of which nothing is known but that it is there; tests say what matters to them. */
export function runDetail(known: Partial<RunDetail>): RunDetail {
  return {
    id: 'ab'.repeat(32),
    dataset: 'purchases',
    file: 'a.csv',
    version: 'v',
    outcome: null,
    of: null,
    status: 'running',
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    rows: null,
    scores: null,
    error: null,
    ingestionDate: null,
    failedRules: [],
    samples: [],
    note: null,
    failedStep: null,
    execution: null,
    steps: [],
    ...known,
  };
}
