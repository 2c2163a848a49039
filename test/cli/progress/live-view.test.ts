import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { LiveView } from '../../../cli/progress/live-view';
import type { RunDetail } from '../../../cli/runs/summary';
import { runDetail } from '../run-detail';

const START = '2026-01-01T00:00:00.000Z';
const END = '2026-01-01T00:00:01.500Z';
const step = (name: string, status: RunDetail['steps'][number]['status']) => ({
  name,
  status,
  startedAt: status === 'pending' ? null : START,
  endedAt: status === 'succeeded' || status === 'failed' ? END : null,
});
const run = (status: RunDetail['status'], ...steps: RunDetail['steps']) => runDetail({ status, steps });

/** A terminal that remembers what was written to it. */
function terminal(): { stream: NodeJS.WriteStream; lastDrawing: () => string[] } {
  const stream = Object.assign(new PassThrough(), { columns: 100, rows: 40, isTTY: true });
  let text = '';
  stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const lastDrawing = () => {
    // Each drawing begins where the one before was wiped out.
    const drawing = text.slice(text.lastIndexOf('\u001b[G') + 3);
    return stripVTControlCharacters(drawing)
      .split(/\r?\n/)
      .map((line) => line.trimEnd())
      .filter((line) => line !== '');
  };
  return { stream: stream as unknown as NodeJS.WriteStream, lastDrawing };
}

/** Gives listr2 the turns of the event loop that it needs between two events. */
const breathe = () => new Promise((resolve) => setTimeout(resolve, 30));

it('ends with a tree of files and steps, each marked with how it ended', async () => {
  const { stream, lastDrawing } = terminal();
  const view = new LiveView(['good.csv', 'bad.csv', 'again.csv', 'unknown.csv'], stream);
  view.show('good.csv', { kind: 'uploaded', runId: 'ab', size: 1200, took: 80 });
  view.show('good.csv', {
    kind: 'looked',
    run: run('running', step('ValidateFile', 'running'), step('StoreBronze', 'pending')),
  });
  view.show('bad.csv', {
    kind: 'looked',
    run: run('running', step('ValidateFile', 'running'), step('StoreBronze', 'pending')),
  });
  await breathe();
  view.show('good.csv', {
    kind: 'ended',
    run: run('succeeded', step('ValidateFile', 'succeeded'), step('StoreBronze', 'succeeded')),
  });
  view.show('bad.csv', { kind: 'ended', run: run('failed', step('ValidateFile', 'failed'), step('StoreBronze', 'pending')) });
  view.show('again.csv', { kind: 'ended', run: run('skipped') });
  view.show('unknown.csv', { kind: 'ended', run: run('failed') });
  await view.close();
  expect(lastDrawing()).toEqual([
    '✔ good.csv',
    '  ✔ ValidateFile        1.5 s',
    '  ✔ StoreBronze         1.5 s',
    expect.stringMatching(/^. bad\.csv$/),
    '  ✖ ValidateFile        1.5 s  failed',
    expect.stringMatching(/^ {2}. StoreBronze$/),
    '↓ again.csv',
    '✖ unknown.csv',
  ]);
});

it('is done with files that nobody follows, and with those it hears no more of', async () => {
  const { stream, lastDrawing } = terminal();
  const view = new LiveView(['left.csv', 'lost.csv'], stream);
  view.show('left.csv', { kind: 'left' });
  await view.close();
  expect(lastDrawing()).toEqual(['✔ left.csv  uploaded', '✖ lost.csv  interrupted']);
});
