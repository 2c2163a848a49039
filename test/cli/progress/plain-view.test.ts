import { expect, it } from 'vitest';
import type { Output } from '../../../cli/output/output';
import { PlainView } from '../../../cli/progress/plain-view';
import type { RunDetail } from '../../../cli/runs/summary';
import { runDetail } from '../run-detail';

const lines: string[] = [];
const output: Output = { result: () => undefined, progress: (line) => lines.push(line), isLive: false };
const step = (name: string, second: number | null) =>
  ({
    name,
    status: second === null ? 'pending' : 'succeeded',
    startedAt: second === null ? null : '2026-01-01T00:00:00.000Z',
    endedAt: second === null ? null : `2026-01-01T00:00:0${second}.500Z`,
  }) as const;
const ROW = { read: 1, published: 1, quarantined: 0, deduplicated: 0 };
const run = (status: RunDetail['status'], ...steps: RunDetail['steps']) =>
  runDetail({ status, steps, rows: status === 'succeeded' ? ROW : null });

it('tells each thing once, when it is over', () => {
  lines.length = 0;
  const view = new PlainView(output, ['a.csv']);
  view.show('a.csv', { kind: 'uploading', sent: 1, size: 1200 });
  view.show('a.csv', { kind: 'uploaded', runId: 'ab'.repeat(32), size: 1200, took: 80 });
  view.show('a.csv', { kind: 'looked', run: run('running', step('ValidateFile', 1), step('StoreBronze', null)) });
  view.show('a.csv', { kind: 'looked', run: run('running', step('ValidateFile', 1), step('StoreBronze', 3)) });
  view.show('a.csv', { kind: 'ended', run: run('succeeded', step('ValidateFile', 1), step('StoreBronze', 3)) });
  expect(lines).toEqual([
    '  1.2 kB uploaded in 0.1 s, run abababababab',
    '  ValidateFile        1.5 s',
    '  StoreBronze         3.5 s',
  ]);
});

it('names the file where there are several', () => {
  lines.length = 0;
  const view = new PlainView(output, ['a.csv', 'b\n.csv']);
  view.show('b\n.csv', { kind: 'given up', reason: 'nothing took it' });
  expect(lines).toEqual(['b\\n.csv: nothing took it']);
});
