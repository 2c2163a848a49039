import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_DEFECTS, readRates } from '../../../cli/generate/defect/rates';
import { generate, type Options } from '../../../cli/generate/generate';
import type { Manifest } from '../../../cli/generate/output/manifest';
import { sizesOf } from '../../../cli/generate/sizes';
import { CONTRACTS, contract, readRows, type Cells } from './judging';

export const OPTIONS: Options = {
  seed: 1,
  sizes: sizesOf(0.2),
  from: '2024-01-01',
  to: '2025-12-31',
  batches: 3,
  format: 'csv',
  defects: NO_DEFECTS,
};

export function rates(text: string): Options['defects'] {
  const read = readRates(text);
  if (read === undefined) throw new Error(`${text} is no rate`);
  return read;
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'assay generate '));
}

export interface Generated {
  readonly folder: string;
  readonly manifest: Manifest;
  /** By dataset, the rows of each file. */
  readonly files: Readonly<Record<string, readonly (readonly Cells[])[]>>;
}

export async function generated(options: Partial<Options> = {}): Promise<Generated> {
  const folder = newFolder();
  const manifest = await generate({ ...OPTIONS, ...options }, CONTRACTS, folder);
  const files: Record<string, Cells[][]> = {};
  for (const { name, dataset } of manifest.files) (files[dataset] ??= []).push(await readRows(folder, name, contract(dataset)));
  return { folder, manifest, files };
}

export interface TruthLine {
  readonly file: string;
  readonly dataset: string;
  readonly rows: readonly number[];
  readonly dimension: string;
  readonly rule: string;
  readonly column: string;
  readonly key: Cells;
}

export function truthOf({ folder }: Generated): TruthLine[] {
  const text = readFileSync(join(folder, 'truth.jsonl'), 'utf8').trimEnd();
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as TruthLine);
}
