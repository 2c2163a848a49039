import { PutObjectCommand } from '@aws-sdk/client-s3';
import { beforeAll, describe, expect, it } from 'vitest';
import { Mailbox } from '../acceptance/alerts';
import { drillName, expectClean } from './support/clean';
import { loadsOf } from './support/database';
import { logOf } from './support/function-log';
import { withVariables } from './support/function-settings';
import { commitsOf } from './support/iceberg';
import { DrillLaptop } from './support/laptop';
import { oneFile, nameOfDay } from './support/purchases';
import { tablesOf } from './support/tables';

let laptop: DrillLaptop;
beforeAll(async () => {
  laptop = await DrillLaptop.connect();
});

const archiveKey = (drill: string) => `purchases/year=2025/month=01/day=01/${drill}/${nameOfDay('20250101')}`;

describe('SNS refuses the message, and the archive has other bytes under the key', () => {
  const drill = drillName('unsaid');

  it('leaves the result as it is, and the metric tells', async () => {
    const archive = await laptop.account.output('lake', 'ArchiveBucketName');
    await laptop.s3.send(new PutObjectCommand({ Bucket: archive, Key: archiveKey(drill), Body: 'other bytes' }));
    const topic = (await laptop.account.output('pipelines', 'SuccessTopicArn')).replace(/[^:]+$/, 'not-there');
    const run = await withVariables(laptop, 'report-success', { SUCCESS_TOPIC_ARN: topic }, () => laptop.load(oneFile(drill)));
    expect(run).toMatchObject({ status: 'succeeded' });
    const metrics = (await logOf(laptop, 'report-success')).filter((line) => line.includes('"PublishFailed":1'));
    expect(metrics.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { _aws: { CloudWatchMetrics: [{ Namespace: 'Assay' }] } },
    ]);
    expect(run.archive).toMatchObject({ bucket: archive, key: archiveKey(drill) });
    expect(await laptop.textOf(run.archive)).toBe(oneFile(drill).content);
    expect(await laptop.versionsIn(laptop.inbox, oneFile(drill).key)).toEqual([]);
    expect(await laptop.versionsIn(archive, archiveKey(drill))).toHaveLength(2);
  });

  it('ends in the tables of a clean run', () => expectClean(laptop, drill, 'one'));
});

describe('the archive copy fails after the load', () => {
  const drill = drillName('unkept');

  it('leaves what was loaded, is reported, and is repaired by dropping the file again', async () => {
    const topic = await laptop.account.output('pipelines', 'FailureTopicArn');
    const failures = await Mailbox.subscribedTo(topic, laptop.account.settings.endpoint ?? '', `failures-${drill}`);
    const run = await withVariables(laptop, 'archive-file', { ARCHIVE_BUCKET: 'not-there' }, () => laptop.load(oneFile(drill)));
    expect(run).toMatchObject({ status: 'failed', error: { step: 'ArchiveFile' } });
    const messages = await failures.empty();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(oneFile(drill).key);
    expect(await commitsOf(laptop, run.id)).toHaveLength(1);
    expect(await loadsOf(run.id)).toBe(1);
    expect(await laptop.versionsIn(laptop.inbox, oneFile(drill).key)).toHaveLength(1);
    const loaded = await tablesOf(laptop, drill);
    expect(await laptop.load(oneFile(drill))).toMatchObject({ status: 'succeeded' });
    expect(await laptop.versionsIn(laptop.inbox, oneFile(drill).key)).toEqual([]);
    expect(await tablesOf(laptop, drill)).toEqual(loaded);
  });

  it('ends in the tables of a clean run', () => expectClean(laptop, drill, 'one'));
});
