import { expect, it } from 'vitest';
import type { FileItem } from '../../../cli/runs/file-item';
import { findRun } from '../../../cli/runs/find-run';
import type { Ledger } from '../../../cli/runs/ledger';

const full = 'ab'.repeat(32);
const item = (id: string): FileItem => ({
  id,
  dataset: 'purchases',
  key: 'k',
  versionId: 'v',
  status: 'running',
  startedAt: 't',
});
const ledger = {
  get: (id: string) => Promise.resolve(id === full ? item(full) : undefined),
  list: () => Promise.resolve([item(full), item(`ab1${'0'.repeat(61)}`), item(`cd${'0'.repeat(62)}`)]),
} as unknown as Ledger;
const find = (id: string) => findRun(ledger, ['purchases'], id).then(({ id: found }) => found);

it('finds a run by its id and by a unique beginning of it, in capitals too', async () => {
  expect([await find(full), await find('ABA'), await find('c')]).toEqual([full, full, `cd${'0'.repeat(62)}`]);
});

it('finds no run of another dataset', async () => {
  await expect(findRun(ledger, ['refunds'], full)).rejects.toThrow(`there is no run ${full}`);
});

it.each([
  ['ab', '2 runs begin with ab (abababababab, ab1000000000): give more of the id'],
  ['ff', "no run's id begins with ff: see `npx assay runs`"],
  ['e'.repeat(64), `there is no run ${'e'.repeat(64)}: see \`npx assay runs\``],
])('does not guess at %s', async (id, message) => {
  await expect(find(id)).rejects.toThrow(message);
});
