import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Mailbox } from './alerts';
import { assay } from './assay';
import { objectsOf, stackOutput } from './lake-objects';
import { TestLaptop } from './laptop';
import { expectPrivate } from './private';

const HEADER = 'purchase_id,customer_id,first_name,last_name,email,product,quantity,amount_aud,purchase_date';
const ROW = (id: string, amount = '1.00', date = '2025-01-01') => `${id},7,Ada,Lovelace,a@b.c,Book,1,${amount},${date}`;
const file = (...rows: string[]) => `${[HEADER, ...rows].join('\n')}\n`;

interface Refused {
  readonly what: string;
  readonly key: string;
  readonly content: string | Buffer;
  readonly error: string;
  readonly says: RegExp;
}

const REFUSED: readonly Refused[] = [
  { what: 'an empty file', key: 'customer_purchases_20250101.csv', content: '', error: 'EmptyFile', says: /empty/ },
  {
    what: 'a missing column',
    key: 'customer_purchases_20250102.csv',
    content: file(ROW('1')).replace(',amount_aud', '').replace(',1.00', ''),
    error: 'MissingColumn',
    says: /amount_aud/,
  },
  {
    what: 'an extra column',
    key: 'customer_purchases_20250103.csv',
    content: `${HEADER},colour\n${ROW('1')},red\n`,
    error: 'UnknownColumn',
    says: /colour/,
  },
  {
    what: 'a wrong delimiter',
    key: 'customer_purchases_20250104.csv',
    content: file(ROW('1')).replaceAll(',', ';'),
    error: 'WrongDelimiter',
    says: /semicolon/,
  },
  {
    what: 'UTF-16',
    key: 'customer_purchases_20250105.csv',
    content: Buffer.from(`\ufeff${file(ROW('1'))}`, 'utf16le'),
    error: 'BadEncoding',
    says: /UTF-16/,
  },
  {
    what: 'no CSV at all',
    key: 'customer_purchases_20250106.csv',
    content: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2000, 0xe2)]),
    error: 'NotCsv',
    says: /PDF/,
  },
  {
    what: 'a name that no contract knows',
    key: 'purchases-2025.csv',
    content: file(ROW('1')),
    error: 'UnknownFileName',
    says: /customer_purchases_YYYYMMDD\.csv/,
  },
  {
    what: 'a date that does not exist in the name',
    key: 'customer_purchases_20250231.csv',
    content: file(ROW('1')),
    error: 'UnknownFileName',
    says: /20250231/,
  },
  {
    what: 'an unclosed quote',
    key: 'customer_purchases_20250107.csv',
    content: file(ROW('1'), '"2,7,Ada'),
    error: 'UnclosedQuote',
    says: /line 3/,
  },
];

const laptop = new TestLaptop('acceptance');
const folder = mkdtempSync(join(tmpdir(), 'assay bad input '));
let failures: Mailbox;

function write(content: string | Buffer): string {
  const path = join(folder, 'upload.csv');
  writeFileSync(path, content);
  return path;
}

const inbox = async () => [
  ...(await objectsOf(laptop.endpoint, await stackOutput(laptop.endpoint, 'assay-local-lake', 'InboxBucketName'))).keys(),
];

beforeAll(async () => {
  await laptop.startClean();
  const topic = await stackOutput(laptop.endpoint, 'assay-local-pipelines', 'FailureTopicArn');
  failures = await Mailbox.subscribedTo(topic, laptop.endpoint, 'acceptance-failures');
}, 300_000);

afterAll(() => laptop.discard());

describe('a file that is refused', () => {
  it.each(REFUSED)('$what: $error', async ({ key, content, error, says }) => {
    const finished = await assay(laptop.name, 'drop', write(content), '--as', key);
    expect(finished.code, finished.stderr).toBe(1);
    expect(finished.stdout + finished.stderr).toMatch(says);
    const [run] = (await laptop.runs()).filter(({ file: name }) => name === key);
    expect(run).toMatchObject({
      status: 'failed',
      error: { name: error, cause: expect.stringMatching(says) as string },
    });
    const messages = await failures.empty();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(says);
    expect(messages[0]).toContain(key);
  });

  it('stays in the inbox, but for the names that no contract knows, and leaves no row anywhere', async () => {
    const kept = REFUSED.filter(({ error }) => error !== 'UnknownFileName').map(({ key }) => key);
    expect(await inbox()).toEqual(kept.sort());
    expect(await laptop.rows('rds', 'select count(*) from customer_purchase_summary').then(String)).toBe('0');
  });
});

/** So many that the bad ones are few, as a contract's thresholds have it. */
const GOOD_ROWS = Array.from({ length: 500 }, (_, index) => ROW(`g${index}`).replace(',7,', ',9,'));

describe('a file with bad rows', () => {
  it('is loaded without them, and each is kept with its reason', async () => {
    const rows = [
      ROW('10'),
      ROW('11', '12.345'),
      ROW('12', '1.00', '2025-02-31'),
      ROW('13', 'N/A'),
      ROW('10'),
      ROW('14', '5.00'),
      ROW('14', '6.00'),
      '15,8,Hugh,O\'Reilly,h@x.y,"Suzie-Q, ""Pt. 2""\nlive",1,2.00,1582-10-10',
    ];
    await laptop.expect(0, 'drop', write(file(...rows, ...GOOD_ROWS)), '--as', 'customer_purchases_20250201.csv');
    const [run] = (await laptop.runs()).filter(({ file: name }) => name === 'customer_purchases_20250201.csv');
    expect(run?.rows).toEqual({ read: 508, published: 503, quarantined: 3, deduplicated: 2 });
    const published =
      "select purchase_id, amount_aud, product from silver.purchases where customer_id <> '9' order by purchase_id";
    expect(await laptop.rows('lake', published)).toEqual([
      ['10', '1.00', 'Book'],
      ['14', '6.00', 'Book'],
      ['15', '2.00', 'Suzie-Q, "Pt. 2"\nlive'],
    ]);
    expect(
      await laptop.rows('rds', 'select customer_id, full_name, total_spent_aud from customer_purchase_summary order by 1'),
    ).toEqual([
      ['7', 'Ada Lovelace', '7.00'],
      ['8', "Hugh O'Reilly", '2.00'],
      ['9', 'Ada Lovelace', '500.00'],
    ]);
    const firstDay = (table: string) => `select first_purchase_date from ${table} where customer_id = '8'`;
    expect(await laptop.rows('rds', firstDay('customer_purchase_summary'))).toEqual([['1582-10-10']]);
    expect(await laptop.rows('lake', firstDay('gold.customer_purchase_summary'))).toEqual([['1582-10-10']]);
    const shown = await laptop.expect(0, 'quarantine', 'show', 'purchases', '--json');
    for (const reason of ['12.345', '2025-02-31', 'N/A']) expect(shown).toContain(reason);
  });

  it('succeeds with no rows when it has a header only', async () => {
    await laptop.expect(0, 'drop', write(file()), '--as', 'customer_purchases_20250202.csv');
    const [run] = (await laptop.runs()).filter(({ file: name }) => name === 'customer_purchases_20250202.csv');
    expect(run).toMatchObject({
      status: 'succeeded',
      rows: { read: 0, published: 0, quarantined: 0, deduplicated: 0 },
    });
  });
});

describe('a key with odd characters', () => {
  it.each([
    'a folder/customer_purchases_20250301.csv',
    'a+b/customer_purchases_20250302.csv',
    '50%25/ü/customer_purchases_20250303.csv',
  ])('%s is processed under its own name', async (key) => {
    await laptop.expect(0, 'drop', write(file(ROW(key))), '--as', key);
    const [run] = (await laptop.runs()).filter(({ file: name }) => name === key);
    expect(run?.status).toBe('succeeded');
    const archive = await stackOutput(laptop.endpoint, 'assay-local-lake', 'ArchiveBucketName');
    expect([...(await objectsOf(laptop.endpoint, archive)).keys()].some((name) => name.endsWith(`/${key}`))).toBe(true);
    expect(await inbox()).not.toContain(key);
  });

  it.each(['customer purchases_20250304.csv', '../customer_purchases_20250305.csv', 'a//customer_purchases_20250306.csv'])(
    '%s is refused and set aside',
    async (key) => {
      expect((await assay(laptop.name, 'drop', write(file(ROW(key))), '--as', key)).code).toBe(1);
      expect(await inbox()).not.toContain(key);
    },
  );
});

it('tells nobody a name or an e-mail address', () => expectPrivate(['Lovelace', 'a@b.c', "O'Reilly", 'h@x.y']));
