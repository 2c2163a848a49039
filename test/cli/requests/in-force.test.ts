import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inForce } from '../../../cli/requests/in-force';
import type { FileItem } from '../../../cli/runs/file-item';

const item = (id: string, more: Partial<FileItem> = {}): FileItem => ({
  id,
  dataset: 'purchases',
  bucket: 'inbox',
  key: 'a.csv',
  versionId: 'v1',
  lastModified: '2026-01-01T00:00:00.000Z',
  ingestionDate: '2026-01-01',
  outcome: 'load',
  archive: { bucket: 'archive', key: 'a.csv', versionId: 'a1' },
  status: 'succeeded',
  startedAt: 't',
  ...more,
});
const LATER = '2026-01-02T00:00:00.000Z';
const loaded = item('loaded');
const corrected = item('corrected', { versionId: 'v0', lastModified: LATER, outcome: 'supersede' });
const replayed = item('replayed', { outcome: 'replay', of: 'loaded' });

const ids = (...items: FileItem[]) => inForce(items).map(({ id }) => id);

it('is of every name the newest version, by when it came and not by the name of the version', () => {
  expect(ids(loaded, corrected)).toEqual(['corrected']);
});

it('tells versions of one moment apart by their ids, as the ledger does', () => {
  expect(ids(item('one', { versionId: 'v2' }), item('other', { versionId: 'v10' }))).toEqual(['one']);
});

it('is the first run of a version, not its replay; of a version that only a replay loaded, that', () => {
  expect(ids(replayed, loaded)).toEqual(['loaded']);
  expect(ids(item('loaded', { status: 'failed' }), replayed)).toEqual(['replayed']);
});

it.each([
  ['failed', { status: 'failed' }],
  ['still running', { status: 'running' }],
  ['skipped', { status: 'skipped', outcome: 'skip' }],
  ['a duplicate', { outcome: 'duplicate' }],
  ['a release, whose bytes are not the file’s', { outcome: 'release', of: 'loaded' }],
] as const)('leaves out what is %s, though it came later', (_, more) => {
  expect(ids(loaded, item('other', { versionId: 'v2', lastModified: LATER, ...more }))).toEqual(['loaded']);
});

it('leaves out what the archive does not have', () => {
  expect(ids({ ...loaded, archive: undefined })).toEqual([]);
});

it('takes one name in two buckets for two files, in the order of their days and names', () => {
  const files = [
    item('b', { key: 'b.csv' }),
    item('first', { key: 'z.csv', ingestionDate: '2025-12-31' }),
    item('a'),
    item('elsewhere', { bucket: 'other', key: 'c.csv' }),
  ];
  expect(ids(...files)).toEqual(['first', 'a', 'b', 'elsewhere']);
});

it('does not depend on the order of the ledger’s items', () => {
  const all = [loaded, corrected, replayed, item('b', { key: 'b.csv' }), item('old', { versionId: 'v2' })];
  fc.assert(
    fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (items) => {
      expect(ids(...items)).toEqual(['corrected', 'b']);
    }),
  );
});
