import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from '../openlineage/faults';
import { Mailbox } from './alerts';
import { assayJson, type RunSummary } from './assay';
import { objectsOf, stackOutput } from './lake-objects';
import { TestLaptop } from './laptop';
import { expectPrivate } from './private';
import { allTables, dataFilesOf } from './tables';

/** What comes after a file's first run: a refusal that changes nothing, corrections, rows that come back, replays. */

const HEADER = 'purchase_id,customer_id,first_name,last_name,email,product,quantity,amount_aud,purchase_date';
const ROW = (day: number, index: number, amount = '1.00') =>
  `${day}-${index},c${index % 9},Zzyphra,Quillon,zzyphra.quillon@example.org,Book,1,${amount},2025-04-0${day}`;
const rowsOf = (day: number) => Array.from({ length: 200 }, (_, index) => ROW(day, index));
const FIRST = rowsOf(1)
  .with(5, ROW(1, 5, '"12,5"'))
  .with(7, ROW(1, 7, '1e3'));
const nameOf = (day: number) => `customer_purchases_2025040${day}.csv`;

const laptop = new TestLaptop('acceptance');
const folder = mkdtempSync(join(tmpdir(), 'assay way back '));
let failures: Mailbox;

async function drop(day: number, rows: readonly string[], code = 0): Promise<RunSummary> {
  const path = join(folder, nameOf(day));
  writeFileSync(path, `${[HEADER, ...rows].join('\n')}\n`);
  const [run] = await assayJson<RunSummary[]>(laptop.name, ['drop', path], code);
  if (run === undefined) throw new Error('no run');
  return run;
}

const totalOf = async (customer: string) =>
  String(await laptop.rows('rds', `select total_spent_aud from customer_purchase_summary where customer_id = '${customer}'`));

let first: RunSummary;

beforeAll(async () => {
  await laptop.startClean();
  const topic = await stackOutput(laptop.endpoint, 'assay-local-pipelines', 'FailureTopicArn');
  failures = await Mailbox.subscribedTo(topic, laptop.endpoint, 'way-back-failures');
  first = await drop(1, FIRST);
  await drop(2, rowsOf(2));
}, 300_000);

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await laptop.discard();
});

describe('a file below a threshold', () => {
  it('is refused with scores, rules and rows that show no value, and changes no table', async () => {
    const before = await allTables(laptop);
    const bad = rowsOf(3).map((row, index) => (index % 10 === 0 ? ROW(3, index, 'N/A') : row));
    const run = await drop(3, bad, 1);
    expect(run.error?.name).toBe('BelowThreshold');
    expect(run.error?.cause).toMatch(/^validity is 0\.966667 \(580 of 600\), below 0\.97/);
    expect(await allTables(laptop)).toEqual(before);
    const [message = ''] = await failures.empty();
    expect(message).toContain('validity: 0.9666 (580 of 600), at least 0.97 is agreed');
    expect(message).toContain('amount_aud: type: 20 rows');
    expect(message).toContain(
      'line 2: amount_aud type: 9-9,x9,xxxxxxx,xxxxxxx,xxxxxxx.xxxxxxx@xxxxxxx.xxx,xxxx,9,x/x,9999-99-99',
    );
    expect(message).not.toMatch(/zzyphra|quillon/i);
  });
});

describe('refused rows', () => {
  it('come back corrected, raise the total by their amount, and do so once', async () => {
    expect(await totalOf('c5')).toBe('43.00');
    const path = join(folder, 'fixed.csv');
    await laptop.expect(0, 'quarantine', 'export', 'purchases', '--run', first.id, '--out', path);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"12,5"', '12.50'));
    // Not over what is being corrected.
    await laptop.expect(1, 'quarantine', 'export', 'purchases', '--run', first.id, '--out', path);
    const release = ['quarantine', 'release', 'purchases', '--run', first.id, '--file', path];
    const [run] = await assayJson<RunSummary[]>(laptop.name, release);
    expect(run?.rows).toEqual({ read: 2, published: 1, quarantined: 1, deduplicated: 0 });
    expect(await totalOf('c5')).toBe('55.50');
    // The row that is still bad is sent once more, the other is known to be back.
    await laptop.expect(0, ...release);
    expect(await totalOf('c5')).toBe('55.50');
    const of = (await laptop.runs()).find(({ id }) => id === first.id);
    expect(of?.rows).toEqual({ read: 200, published: 199, quarantined: 1, deduplicated: 0 });
  }, 240_000);
});

describe('a replay', () => {
  it('of both days leaves the tables, the database to the last column, and the files of other days as they are', async () => {
    const dump = () => laptop.rows('rds', 'select * from customer_purchase_summary order by customer_id');
    const [tables, database, otherDay] = [await allTables(laptop), await dump(), await dataFilesOf(laptop, '2025-04-02')];
    await laptop.expect(0, 'replay', 'purchases', '--file', nameOf(1));
    expect(await dataFilesOf(laptop, '2025-04-02')).toEqual(otherDay);
    await laptop.expect(0, 'replay', 'purchases', '--from', '2025-04-01', '--to', '2025-04-30');
    expect(await allTables(laptop)).toEqual(tables);
    expect(await dump()).toEqual(database);
  }, 240_000);
});

describe('a corrected file of the same name', () => {
  it('takes the place of all that the earlier version brought, released rows too', async () => {
    const corrected = await drop(1, rowsOf(1).slice(0, 100));
    const detail = await assayJson<{ outcome: string }>(laptop.name, ['run', corrected.id]);
    expect(detail.outcome).toBe('supersede');
    const silver =
      "select count(*), sum(amount_aud) from silver.purchases where _source_key = 'customer_purchases_20250401.csv'";
    expect(String(await laptop.rows('lake', silver))).toBe('100,100.00');
    expect(String(await laptop.rows('lake', 'select count(*) from quarantine.purchases'))).toBe('0');
    expect(await totalOf('c5')).toBe('33.00');
  }, 120_000);
});

describe('lineage', () => {
  it('is told of every run, refused ones too, as the published schema has it', async () => {
    const bucket = await stackOutput(laptop.endpoint, 'assay-local-lake', 'BronzeBucketName').then((name) =>
      name.replace('bronze', 'silver'),
    );
    const events = [...(await objectsOf(laptop.endpoint, bucket, '_lineage/'))].map(([key, text]) => ({
      key,
      event: JSON.parse(text.toString()) as { eventType: string; job: { name: string } },
    }));
    expect(events.flatMap(({ event }) => faultsOf(event))).toEqual([]);
    const told = new Set(events.map(({ event }) => `${event.job.name} ${event.eventType}`));
    for (const job of ['purchases', 'purchases.bronze-to-silver', 'purchases.silver-to-gold', 'purchases.gold-to-rds'])
      for (const type of ['START', 'COMPLETE']) expect(told).toContain(`${job} ${type}`);
    expect(told).toContain('purchases FAIL');
    expect(told).toContain('purchases.bronze-to-silver FAIL');
    expect(events.map(({ event }) => JSON.stringify(event)).join()).not.toMatch(/zzyphra|quillon/i);
  });
});

it('tells nobody a name or an e-mail address', () => expectPrivate(['Zzyphra', 'Quillon']));
