import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import { Folders } from '../../../local/folders';
import { DrillLaptop } from './laptop';
import { fiveFiles } from './purchases';
import { tablesOf, type Tables } from './tables';

/** What the files come to when nothing goes wrong. */
export interface Clean {
  readonly one: Tables;
  readonly five: Tables;
}

const PATH = new Folders().file('clean-tables.json');

/** Loads the files one by one, without any fault; once for a laptop. */
export async function prepareClean(): Promise<void> {
  if (existsSync(PATH)) return;
  const laptop = await DrillLaptop.connect();
  const drill = drillName('clean');
  const [first, ...later] = fiveFiles(drill);
  const loadOne = async (file: typeof first) => {
    const { status, error } = await laptop.load(file);
    if (status !== 'succeeded') throw new Error(`${file.key} of the clean run is ${status}: ${JSON.stringify(error)}`);
  };
  await loadOne(first);
  const one = await tablesOf(laptop, drill);
  for (const file of later) await loadOne(file);
  const five = await tablesOf(laptop, drill);
  writeFileSync(PATH, JSON.stringify({ one, five } satisfies Clean));
}

export function cleanTables(): Clean {
  return JSON.parse(readFileSync(PATH, 'utf8')) as Clean;
}

/** A name that no drill had before, on whatever laptop. */
export function drillName(kind: string): string {
  return `${kind}${Date.now().toString(36)}`;
}

/** The drill's end: its tables are the clean ones row by row, and every row that was read is accounted for. */
export async function expectClean(laptop: DrillLaptop, drill: string, which: keyof Clean): Promise<void> {
  expect(await tablesOf(laptop, drill)).toEqual(cleanTables()[which]);
  await expectBalance(laptop, drill);
}

export async function expectBalance(laptop: DrillLaptop, drill: string): Promise<void> {
  for (const { key, status, rows } of await laptop.runsOf(drill)) {
    if (status !== 'succeeded') continue;
    const { read = -1, published = 0, quarantined = 0, deduplicated = 0 } = rows ?? {};
    expect(published + quarantined + deduplicated, key).toBe(read);
  }
}
