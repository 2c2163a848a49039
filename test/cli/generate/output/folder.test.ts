import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generate } from '../../../../cli/generate/generate';
import { readManifest } from '../../../../cli/generate/output/folder';
import { sizesOf } from '../../../../cli/generate/sizes';
import { OPTIONS, newFolder } from '../generated';
import { CONTRACTS, contract } from '../judging';

const TINY = { ...OPTIONS, sizes: sizesOf(0.02) };

describe('the folder', () => {
  it('takes a new generation in place of an earlier one, and nothing else', async () => {
    const folder = newFolder();
    await generate({ ...TINY, batches: 2 }, CONTRACTS, folder);
    const manifest = await generate({ ...TINY, batches: 1 }, CONTRACTS, folder);
    expect(readdirSync(folder)).toHaveLength(8);
    expect(await readManifest(folder)).toEqual(manifest);
    writeFileSync(join(folder, 'mine.csv'), 'precious');
    await expect(generate(TINY, CONTRACTS, folder)).rejects.toThrow(/mine\.csv is not of `assay generate`: move it away/);
    expect(await readManifest(folder)).toEqual(manifest);
  });

  it('is refused when it holds anything else', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'mine.csv'), 'precious');
    await expect(generate(TINY, CONTRACTS, folder)).rejects.toThrow(/is not empty, .* choose an empty folder or a new one/);
    await expect(generate(TINY, CONTRACTS, join(folder, 'mine.csv'))).rejects.toThrow(/is a file; --out needs a folder/);
    expect(readdirSync(folder)).toEqual(['mine.csv']);
  });

  it('is as it was after an interruption', async () => {
    const folder = newFolder();
    const before = await generate(TINY, CONTRACTS, folder);
    const stopping = new AbortController();
    const progress = { rows: () => undefined, written: () => stopping.abort(new Error('stopped')) };
    await expect(generate({ ...TINY, seed: 2 }, CONTRACTS, folder, { signal: stopping.signal, progress })).rejects.toThrow(
      'stopped',
    );
    expect(await readManifest(folder)).toEqual(before);
    expect(readdirSync(folder)).toHaveLength(20);
    mkdirSync(join(folder, '.assay-generate'));
    writeFileSync(join(folder, '.assay-generate', 'orders_20240831.csv'), 'half of a killed one');
    await generate(TINY, CONTRACTS, folder);
    expect(existsSync(join(folder, '.assay-generate'))).toBe(false);
  });
});

it('says which column of a contract it cannot fill, and which rule it does not know', async () => {
  const changed = (change: (each: (typeof CONTRACTS)[number]) => object) =>
    CONTRACTS.map((each) => (each.dataset === 'orders' ? { ...each, ...change(each) } : each));
  const [column] = contract('orders').columns;
  if (column === undefined) throw new Error('orders has no column');
  const more = changed(({ columns }) => ({ columns: [...columns, { ...column, name: 'coupon' }] }));
  await expect(generate(TINY, more, newFolder())).rejects.toThrow(
    /contract orders: the generator cannot fill the column coupon/,
  );
  const other = changed(({ columns }) => ({ columns: columns.map((each) => ({ ...each, type: 'int' })) }));
  await expect(generate(TINY, other, newFolder())).rejects.toThrow(/contract orders: /);
  const rule = changed(() => ({ businessRules: [{ name: 'new_rule', expression: 'true' }] }));
  await expect(generate(TINY, rule, newFolder())).rejects.toThrow(/does not know the business rule new_rule/);
  await expect(generate(TINY, [], newFolder())).rejects.toThrow(/there is no contract for products/);
});
