import { expect, it } from 'vitest';
import { FileState } from '../../../cli/progress/file-state';

it('resolves at once for what is so already, and later for what comes to be', async () => {
  const state = new FileState();
  let changes = 0;
  await state.until(
    () => true,
    () => (changes += 1),
  );
  const over = state.until(
    () => state.isOver,
    () => (changes += 1),
  );
  state.take({ kind: 'uploading', sent: 500, size: 1000 });
  expect(state.text).toBe('500 bytes of 1.0 kB uploaded');
  state.take({ kind: 'given up', reason: 'enough' });
  await over;
  expect([state.text, changes]).toEqual(['enough', 4]);
});

it('stays as it ended', () => {
  const state = new FileState();
  state.take({ kind: 'given up', reason: 'first' });
  state.take({ kind: 'given up', reason: 'second' });
  expect(state.text).toBe('first');
});
