import { GetTableCommand } from '@aws-sdk/client-glue';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { Mailbox } from '../acceptance/alerts';
import { assayJson, type RunSummary } from '../acceptance/assay';
import { cleanTables, drillName, expectBalance } from './support/clean';
import { DrillLaptop } from './support/laptop';
import { oneFile, type DrillFile } from './support/purchases';
import { tablesOf } from './support/tables';

const drill = drillName('ten');
const dayOf = (number: number) => `2025020${number}`;
const fileOf = (number: number) => oneFile(`${drill}x${number}`, dayOf(number));

/** The same as the one file of the clean run, but for drill and day. */
const plain = (row: string) =>
  row
    .replaceAll(/drill\d/g, 'drill')
    .replaceAll(/2025-02-0\d/g, '2025-01-01')
    .replaceAll(/2025020\d/g, '20250101');

const GOOD = [1, 2, 3, 4, 5, 6, 7].map(fileOf);
const BAD: readonly (DrillFile & { readonly error: string })[] = [
  { ...oneFile(`${drill}b1`), content: '', error: 'EmptyFile' },
  { ...oneFile(`${drill}b2`), content: oneFile(`${drill}b2`).content.replace(',amount_aud', ',price'), error: 'MissingColumn' },
  {
    ...oneFile(`${drill}b3`),
    content: oneFile(`${drill}b3`).content.replaceAll(/,2024-12-[01]\d/g, ',soon'),
    error: 'BelowThreshold',
  },
];

let laptop: DrillLaptop;
beforeAll(async () => {
  laptop = await DrillLaptop.connect();
});

async function expectFilesTables(count: number): Promise<void> {
  const times = (rows: readonly string[]) => rows.flatMap((row) => Array<string>(count).fill(row));
  const expected = Object.fromEntries(Object.entries(cleanTables().one).map(([name, rows]) => [name, times(rows)]));
  const found = Object.entries(await tablesOf(laptop, `${drill}x`, plain));
  expect(Object.fromEntries(found)).toEqual(expected);
  await expectBalance(laptop, drill);
}

describe('ten files at once, three of them bad', () => {
  it('seven are loaded, three are refused, all are reported', async () => {
    const { endpoint = '' } = laptop.account.settings;
    const topic = (kind: string) => laptop.account.output('pipelines', `${kind}TopicArn`);
    const failures = await Mailbox.subscribedTo(await topic('Failure'), endpoint, `failures-${drill}`);
    const successes = await Mailbox.subscribedTo(await topic('Success'), endpoint, `successes-${drill}`);
    const runs = await Promise.all([...GOOD, ...BAD].map((file) => laptop.put(file)));
    const ended = await Promise.all(runs.map((run) => laptop.whenOver(run)));
    expect(ended.map(({ status, error }) => error?.name ?? status)).toEqual([
      ...GOOD.map(() => 'succeeded'),
      ...BAD.map(({ error }) => error),
    ]);
    const told = async (mailbox: Mailbox) => (await mailbox.empty()).map((text) => keyIn(text)).sort();
    expect(await told(successes)).toEqual(GOOD.map(({ key }) => key));
    expect(await told(failures)).toEqual(BAD.map(({ key }) => key));
  });

  it('end in seven times the tables of a clean run', () => expectFilesTables(GOOD.length));
});

describe('an old day is loaded once more while the file of another day runs', () => {
  it('and no file of a third day is written or removed', async () => {
    const before = await otherDays();
    const replay = assayJson<RunSummary[]>(process.env['ASSAY_LAPTOP'] ?? '', ['replay', 'purchases', '--file', fileOf(1).key]);
    const [today, [replayed]] = await Promise.all([laptop.load(fileOf(8)), replay]);
    expect([today.status, replayed?.status]).toEqual(['succeeded', 'succeeded']);
    expect(await otherDays()).toEqual(before);
  });

  it('ends in the tables of a clean run, once for each file', () => expectFilesTables(GOOD.length + 1));
});

function keyIn(message: string): string {
  const known = [...GOOD, ...BAD].find(({ key }) => message.includes(key));
  return known?.key ?? message;
}

/** The files of silver and gold but for the days of the two runs. */
async function otherDays(): Promise<string[]> {
  const tables = [
    ['silver', 'purchases_by_file'],
    ['gold', 'customer_purchase_summary_by_day'],
  ] as const;
  const lists = await Promise.all(tables.map(([database, name]) => dataFiles(database, name)));
  const touched = [1, 8].flatMap((day) => [`ingestion_date=2025-02-0${day}/`, `year=2025/month=02/day=0${day}/`]);
  return lists.flat().filter((key) => !touched.some((partition) => key.includes(partition)));
}

async function dataFiles(database: string, name: string): Promise<string[]> {
  const { Table: table } = await laptop.glue.send(new GetTableCommand({ DatabaseName: database, Name: name }));
  const { host, pathname } = new URL(table?.StorageDescriptor?.Location ?? '');
  const keys: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await laptop.s3.send(
      new ListObjectsV2Command({ Bucket: host, Prefix: `${pathname.slice(1)}/data/`, ContinuationToken }),
    );
    keys.push(...(page.Contents ?? []).map(({ Key: key = '' }) => key));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  return keys.sort();
}
