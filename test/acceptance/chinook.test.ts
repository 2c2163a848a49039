import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectsOf, stackOutput } from './lake-objects';
import { TestLaptop } from './laptop';
import { oracleOf } from './oracle';
import { expectPrivate } from './private';

// Real files that a user's clone does not have: this suite runs where ASSAY_CHINOOK names their folder.
const FOLDER = process.env['ASSAY_CHINOOK'] ?? '';
const FILES = readdirSync(FOLDER).sort();
const PATHS = FILES.map((name) => join(FOLDER, name));

const TOP_FIVE = [
  ['6', 'Helena Holý', '49.62'],
  ['26', 'Richard Cunningham', '47.62'],
  ['57', 'Luis Rojas', '46.62'],
  ['45', 'Ladislav Kovács', '45.62'],
  ['46', "Hugh O'Reilly", '45.62'],
];

const laptop = new TestLaptop('acceptance');

/** E-mail addresses, and first and last names as files and tables have them. */
function personalData(): string[] {
  const rows = PATHS.flatMap((path) =>
    parse<Record<'first_name' | 'last_name' | 'email', string>>(readFileSync(path), { columns: true }),
  );
  const values = rows.flatMap(({ first_name: first, last_name: last, email }) => [
    `${first} ${last}`,
    `${first},${last}`,
    email,
  ]);
  return [...new Set(values)];
}

async function expectTheRightTables(): Promise<void> {
  const totals = 'select count(*), sum(total_spent_aud) from';
  expect((await laptop.rows('rds', `${totals} customer_purchase_summary`)).map(String)).toEqual(['59,2328.60']);
  const top = `select customer_id, full_name, total_spent_aud from customer_purchase_summary
    order by total_spent_aud desc, customer_id limit 5`;
  expect(await laptop.rows('rds', top)).toEqual(TOP_FIVE);
  expect((await laptop.rows('lake', `${totals} gold.customer_purchase_summary`)).map(String)).toEqual(['59,2328.60']);
  const silver = 'select count(*), count(distinct customer_id), sum(amount_aud) from silver.purchases';
  expect((await laptop.rows('lake', silver)).map(String)).toEqual(['2240,59,2328.60']);
  expect(await laptop.rows('rds', 'select count(*) from customer_purchase_summary_staging').then(String)).toBe('0');
}

async function expectFilesKeptAndInboxEmpty(): Promise<void> {
  const { endpoint } = laptop;
  const bucket = (output: string) => stackOutput(endpoint, 'assay-local-lake', output);
  expect([...(await objectsOf(endpoint, await bucket('InboxBucketName'))).keys()]).toEqual([]);
  const originals = new Map(
    FILES.map((name) => {
      const [, year, month, day] = /(\d{4})(\d{2})(\d{2})\.csv$/.exec(name) ?? [];
      return [`purchases/year=${year}/month=${month}/day=${day}/${name}`, readFileSync(join(FOLDER, name))];
    }),
  );
  expect(await objectsOf(endpoint, await bucket('ArchiveBucketName'))).toEqual(originals);
  expect(await objectsOf(endpoint, await bucket('BronzeBucketName'))).toEqual(originals);
}

async function expectEveryRowAccountedFor(): Promise<void> {
  for (const run of (await laptop.runs()).filter(({ status }) => status === 'succeeded')) {
    const { read, published, quarantined, deduplicated } = run.rows ?? {
      read: -1,
      published: 0,
      quarantined: 0,
      deduplicated: 0,
    };
    expect(published + quarantined + deduplicated, run.file).toBe(read);
  }
}

afterAll(() => laptop.discard());

describe('the five files one by one', () => {
  beforeAll(async () => {
    await laptop.startClean();
    for (const path of PATHS) await laptop.expect(0, 'drop', path);
  }, 600_000);

  it('end in the right tables', expectTheRightTables);
  it('are archived and kept in bronze byte for byte, and the inbox is empty', expectFilesKeptAndInboxEmpty);
  it('account for every row', expectEveryRowAccountedFor);

  it('have the rows, scores and totals that an independent oracle finds', async () => {
    const { files, customers } = oracleOf(PATHS);
    const runs = (await laptop.runs()).map(({ file, rows }) => [file, rows]);
    expect(Object.fromEntries(runs)).toEqual(Object.fromEntries(FILES.map((name) => [name, files[name]?.rows])));
    const judged = await laptop.quality('purchases');
    expect(judged.map(({ file }) => file).sort()).toEqual(FILES);
    for (const { file, scores } of judged) expect(scores, file).toMatchObject(files[file]?.scores ?? {});
    const totals = `select customer_id, total_spent_aud, first_purchase_date, last_purchase_date
      from customer_purchase_summary order by customer_id collate "C"`;
    expect(await laptop.rows('rds', totals)).toEqual(customers);
  });

  it('change nothing when one is dropped again, and start no second execution', async () => {
    const before = await laptop.rows('rds', 'select * from customer_purchase_summary order by customer_id');
    await laptop.expect(0, 'drop', PATHS[2] ?? '');
    const again = (await laptop.runs()).filter(({ file }) => file === FILES[2]);
    expect(again.map(({ status }) => status).sort()).toEqual(['skipped', 'succeeded']);
    expect(await laptop.rows('rds', 'select * from customer_purchase_summary order by customer_id')).toEqual(before);
    await expectTheRightTables();
    await expectFilesKeptAndInboxEmpty();
  });
});

describe('the five files in reverse order', () => {
  beforeAll(async () => {
    await laptop.startClean();
    for (const path of [...PATHS].reverse()) await laptop.expect(0, 'drop', path);
  }, 600_000);

  it('end in the right tables', expectTheRightTables);
  it('account for every row', expectEveryRowAccountedFor);
  it('tell nobody a name or an e-mail address', () => expectPrivate(personalData()));
});

describe('the five files all at once', () => {
  beforeAll(async () => {
    await laptop.startClean();
    await laptop.expect(0, 'drop', ...PATHS);
  }, 600_000);

  it('end in the right tables', expectTheRightTables);
  it('are archived and kept in bronze byte for byte, and the inbox is empty', expectFilesKeptAndInboxEmpty);
  it('account for every row', expectEveryRowAccountedFor);
  it('tell nobody a name or an e-mail address', () => expectPrivate(personalData()));
});
