import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { UsageError, UserError } from '../../../cli/failure';
import { droppedFiles } from '../../../cli/inbox/dropped-files';

const folder = mkdtempSync(join(tmpdir(), 'assay drop '));
const at = (...names: string[]) => join(folder, ...names);

beforeAll(() => {
  for (const inner of ['some', 'empty', 'other']) mkdirSync(at(inner));
  mkdirSync(at('some', 'deeper'));
  for (const name of ['some/b.csv', 'some/a b+%.csv', 'some/.hidden', 'some/deeper/c.csv', 'other/b.csv'])
    writeFileSync(at(name), 'four');
});

it('takes a folder for the files in it, but not for hidden ones and deeper ones', () => {
  expect(droppedFiles([at('some')])).toEqual([
    { path: at('some', 'a b+%.csv'), key: 'a b+%.csv', size: 4 },
    { path: at('some', 'b.csv'), key: 'b.csv', size: 4 },
  ]);
});

it('passes over what `assay generate` says of its files, in a folder that it filled alone', () => {
  mkdirSync(at('generated'));
  const names = ['manifest.json', 'orders_20250131.csv'];
  for (const name of names) writeFileSync(at('generated', name), 'four');
  const keys = () => droppedFiles([at('generated')]).map(({ key }) => key);
  expect(keys()).toEqual(names);
  writeFileSync(at('generated', 'truth.jsonl'), 'four');
  expect(keys()).toEqual(['orders_20250131.csv']);
});

it('takes the given name as the whole key, as it is', () => {
  const key = 'a folder/50%25/ü+ö.csv';
  expect(droppedFiles([at('some', 'b.csv')], key)).toEqual([{ path: at('some', 'b.csv'), key, size: 4 }]);
});

it('refuses one name for several files, and no name', () => {
  expect(() => droppedFiles([at('some')], 'x.csv')).toThrow(UsageError);
  expect(() => droppedFiles([at('some', 'b.csv')], '')).toThrow(UsageError);
});

it('refuses two files that would take the same key', () => {
  expect(() => droppedFiles([at('some', 'b.csv'), at('other', 'b.csv')])).toThrow('two of the files are named b.csv');
});

it.each([
  ['empty', 'has no files in it'],
  ['nowhere.csv', 'there is no file'],
])('says what is wrong with %s', (name, message) => {
  expect(() => droppedFiles([at(name)])).toThrow(UserError);
  expect(() => droppedFiles([at(name)])).toThrow(message);
});
