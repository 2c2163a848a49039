import { setTimeout as sleep } from 'node:timers/promises';
import { GetJobCommand, UpdateJobCommand } from '@aws-sdk/client-glue';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileOfDay } from '../../lambdas/generate-transactions/day-file';
import { DrillLaptop } from '../drills/support/laptop';
import { InboxQueue } from '../drills/support/queue';
import { randomOf, shuffled } from '../drills/support/seed';
import { Mailbox } from './alerts';
import { assayJson, type RunSummary, type Table } from './assay';
import { objectsOf, stackOutput } from './lake-objects';
import { TestLaptop } from './laptop';
import { cents, expectedOf } from './transactions-oracle';

/** Days that nobody uploads: generated, loaded into Redshift, archived upon the event of their last job. */

const DAYS = ['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05'];
const LAST_JOB = 'assay-local-silver-to-changes';
const laptop = new TestLaptop('acceptance');
let drills: DrillLaptop;
let archive: string;
let jobs: Mailbox;
let failures: Mailbox;
let runs: readonly RunSummary[];

const fileOf = (day: string) => Buffer.from(fileOfDay(day).content);
const pull = (words: string[], code = 0) => assayJson<RunSummary[]>(laptop.name, ['pull', 'transactions', ...words], code);
const inInbox = () => drills.versionsIn(drills.inbox, 'transactions/');
const archived = () => objectsOf(laptop.endpoint, archive);

interface Told {
  readonly Message: string;
  readonly MessageAttributes: Readonly<Record<'job' | 'state', { readonly Value: string }>>;
}

/** The file leaves the inbox some seconds after its run is over. */
async function untilArchived(): Promise<void> {
  for (const end = Date.now() + 90_000; Date.now() < end;) {
    if ((await inInbox()).length === 0) return;
    await sleep(250);
  }
  throw new Error(`the inbox still has ${String(await inInbox())}`);
}

async function loadedByDay(): Promise<Record<string, readonly [rows: number, amount: bigint]>> {
  const sql = `select cast(ingestion_date as varchar(10)), count(*), cast(sum(amount) as varchar(30))
    from staging.transactions where not _is_deleted group by 1 order by 1`;
  const { rows } = await assayJson<Table>(laptop.name, ['query', 'redshift', sql]);
  return Object.fromEntries(rows.map(([day, count, amount]) => [String(day), [Number(count), cents(String(amount))]]));
}

/** All that a message about a job could change. */
async function everything(): Promise<unknown> {
  const versions = await drills.versionsIn(archive, '');
  return [
    versions,
    [...(await archived()).keys()],
    await inInbox(),
    await drills.ledger.list(['transactions']),
    await loadedByDay(),
  ];
}

beforeAll(async () => {
  await laptop.startClean();
  drills = await DrillLaptop.connect();
  archive = await stackOutput(laptop.endpoint, 'assay-local-lake', 'TransactionsArchiveBucketName');
  const box = async (output: string, name: string) =>
    Mailbox.subscribedTo(await stackOutput(laptop.endpoint, 'assay-local-pipelines', output), laptop.endpoint, name);
  [jobs, failures] = [await box('JobTopicArn', 'transactions-jobs'), await box('FailureTopicArn', 'transactions-failures')];
  runs = await pull(['--from', '2026-01-01', '--to', '2026-01-05']);
  await untilArchived();
}, 900_000);

afterAll(() => laptop.discard());

describe('five days of transactions', () => {
  it('are in Redshift, of each day the rows of its file without those in quarantine', async () => {
    const expected = DAYS.map((day) => ({ day, ...expectedOf(fileOf(day)) }));
    expect(runs.map(({ rows }) => rows)).toEqual(
      expected.map(({ read, published }) => ({ read, published, quarantined: read - published, deduplicated: 0 })),
    );
    for (const { read, published } of expected) expect(read - published).toBeGreaterThan(0);
    expect(await loadedByDay()).toEqual(
      Object.fromEntries(expected.map(({ day, published, amount }) => [day, [published, amount]])),
    );
  });

  it('are in the archive byte for byte, and no version of them in the inbox', async () => {
    const files = DAYS.map((day) => [fileOfDay(day).key, fileOf(day)] as const);
    expect(await archived()).toEqual(new Map(files));
    expect(await inInbox()).toEqual([]);
    const items = await drills.ledger.list(['transactions']);
    expect(items.map(({ archive: place }) => place?.key).sort()).toEqual(files.map(([key]) => key));
  });

  it('were told of job by job, with rows and the page of the run', async () => {
    const before = await everything();
    const bodies = await jobs.bodies();
    // Some may have failed in between, where two days were published at the same moment.
    const told = bodies
      .map((body) => JSON.parse(body) as Told)
      .filter(({ MessageAttributes: { state } }) => state.Value === 'SUCCEEDED');
    expect(told.filter(({ MessageAttributes: { job } }) => job.Value === LAST_JOB)).toHaveLength(DAYS.length);
    expect(told).toHaveLength(2 * DAYS.length);
    const [first] = told;
    expect(first?.Message).toMatch(
      /^Job: assay-local-[a-z-]+\nState: SUCCEEDED\nDuration: \d+ seconds\nDataset: transactions\n/,
    );
    expect(first?.Message).toContain('Rows read: ');
    // Each twice more, in any order.
    const sqs = new SQSClient(drills.account.settings);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'assay-local-archive' }));
    for (const MessageBody of shuffled([...bodies, ...bodies], randomOf('transactions')))
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await (await InboxQueue.of(drills, 'assay-local-archive')).untilEmpty();
    expect(await everything()).toEqual(before);
  });

  it('again are the same bytes: nothing to do, and nothing stays in the inbox', async () => {
    const [before, versions] = [await loadedByDay(), await drills.versionsIn(archive, '')];
    const again = await pull(['--from', '2026-01-01', '--to', '2026-01-02']);
    expect(again.map(({ status }) => status)).toEqual(['skipped', 'skipped']);
    await untilArchived();
    expect([await loadedByDay(), await drills.versionsIn(archive, '')]).toEqual([before, versions]);
  });

  it('refuses days that are none, or not over', async () => {
    await laptop.expect(2, 'pull', 'transactions', '--day', '2026-02-30');
    await laptop.expect(2, 'pull', 'transactions', '--day', '9999-01-01');
  });

  it('can be replayed out of that archive', async () => {
    const [before, versions] = [await loadedByDay(), await drills.versionsIn(archive, '')];
    const [run] = await assayJson<RunSummary[]>(laptop.name, ['replay', 'transactions', '--from', '2026-01-03']);
    expect(run?.status).toBe('succeeded');
    expect([await loadedByDay(), await drills.versionsIn(archive, '')]).toEqual([before, versions]);
  });
});

/** Lets the work be done while the job's script is not there. */
async function withoutScript<Result>(job: string, work: () => Promise<Result>): Promise<Result> {
  const { Job: { Name = '', ...own } = {} } = await drills.glue.send(new GetJobCommand({ JobName: job }));
  const { Role, Command, DefaultArguments, ExecutionProperty, GlueVersion, JobRunQueuingEnabled } = own;
  const update = async (ScriptLocation: string | undefined) => {
    const settings = { Role, DefaultArguments, ExecutionProperty, GlueVersion, JobRunQueuingEnabled };
    await drills.glue.send(
      new UpdateJobCommand({ JobName: Name, JobUpdate: { ...settings, Command: { ...Command, ScriptLocation } } }),
    );
  };
  await update('s3://not-there/script.py');
  try {
    return await work();
  } finally {
    await update(Command?.ScriptLocation);
  }
}

describe('a job that fails', () => {
  const day = '2026-01-06';

  it('is told with its cause, nothing of it is archived, and generated again the day is loaded and archived', async () => {
    await failures.empty();
    await jobs.bodies();
    const before = await drills.versionsIn(archive, '');
    const [failed] = await withoutScript(LAST_JOB, () => pull(['--day', day], 1));
    expect(failed).toMatchObject({ status: 'failed', error: { name: 'GlueJobInterrupted' } });
    const [alert = '', ...others] = await failures.empty();
    expect(others).toEqual([]);
    expect(alert).toContain('Step: SilverToChanges');
    expect(alert).toMatch(/\nCause: .*not-there/);
    const states = (await jobs.empty()).map((text) => /\nState: (\w+)/.exec(text)?.[1]);
    expect(states.sort()).toEqual(['FAILED', 'FAILED', 'FAILED', 'SUCCEEDED']);
    await (await InboxQueue.of(drills, 'assay-local-archive')).untilEmpty();
    expect(await drills.versionsIn(archive, '')).toEqual(before);
    expect(await inInbox()).toHaveLength(1);
    expect(await loadedByDay()).not.toHaveProperty(day);
    const [mended] = await pull(['--day', day]);
    expect(mended?.status).toBe('succeeded');
    await untilArchived();
    const { published, amount } = expectedOf(fileOf(day));
    expect(await loadedByDay()).toMatchObject({ [day]: [published, amount] });
    expect((await archived()).get(fileOfDay(day).key)).toEqual(fileOf(day));
  }, 400_000);
});

it('no message of all this was given up', async () => {
  for (const queue of ['archive-dead', 'jobs-dead', 'generate-dead'])
    expect(await (await InboxQueue.of(drills, `assay-local-${queue}`)).bodies(), queue).toEqual([]);
});
