import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, paginateListExecutions, SFNClient } from '@aws-sdk/client-sfn';
import { GlueClient } from '@aws-sdk/client-glue';
import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Account } from '../../../cli/aws/account';
import { connect } from '../../../cli/aws/connect';
import type { FileItem } from '../../../cli/runs/file-item';
import { Ledger } from '../../../cli/runs/ledger';
import { runIdOf } from '../../../contracts/run-id';
import type { DrillFile } from './purchases';

const LOOK_EVERY_MS = 250;
const PATIENCE_MS = 380_000;

/** What a run is while somebody works on it. */
const GOING = ['claimed', 'running'];

/** The laptop that all drills share, as its clients see it. */
export class DrillLaptop {
  readonly s3: S3Client;
  readonly glue: GlueClient;
  readonly stepFunctions: SFNClient;

  private constructor(
    readonly account: Account,
    readonly ledger: Ledger,
    readonly inbox: string,
  ) {
    this.s3 = new S3Client({ ...account.settings, forcePathStyle: true });
    this.glue = new GlueClient(account.settings);
    this.stepFunctions = new SFNClient(account.settings);
  }

  static async connect(): Promise<DrillLaptop> {
    const account = await connect('local');
    return new DrillLaptop(account, await Ledger.of(account), await account.output('lake', 'InboxBucketName'));
  }

  /** Puts the file into the inbox and says which run it will be. */
  async put({ key, content }: DrillFile): Promise<string> {
    const { VersionId: version = '' } = await this.s3.send(
      new PutObjectCommand({ Bucket: this.inbox, Key: key, Body: Buffer.from(content), ContentType: 'text/csv' }),
    );
    return runIdOf(this.inbox, key, version);
  }

  /** The run's item once it is over, and its execution with it. */
  async whenOver(runId: string, patience = PATIENCE_MS): Promise<FileItem> {
    for (const end = Date.now() + patience; Date.now() < end;) {
      await sleep(LOOK_EVERY_MS);
      const item = await this.ledger.get(runId);
      if (item && !GOING.includes(item.status) && !(await this.isGoing(item.executionArn))) return item;
    }
    throw new Error(`run ${runId} did not end: ${JSON.stringify(await this.ledger.get(runId))}`);
  }

  async load(file: DrillFile): Promise<FileItem> {
    return this.whenOver(await this.put(file));
  }

  /** The items of a drill's files, oldest first. */
  async runsOf(drill: string): Promise<FileItem[]> {
    const all = await this.ledger.list(['purchases', 'unmatched']);
    return all.filter(({ key }) => key.startsWith(drill)).reverse();
  }

  /** How many executions there have been of a run. */
  async executionsOf({ id: runId, executionArn = '' }: FileItem): Promise<number> {
    const stateMachineArn = executionArn.replace(':execution:', ':stateMachine:').replace(/:[^:]+$/, '');
    return (await this.executionArns(stateMachineArn)).filter((arn) => arn.endsWith(`:${runId}`)).length;
  }

  async executionArns(stateMachineArn: string | undefined): Promise<string[]> {
    const arns: string[] = [];
    for await (const { executions = [] } of paginateListExecutions({ client: this.stepFunctions }, { stateMachineArn })) {
      arns.push(...executions.map(({ executionArn: arn = '' }) => arn));
    }
    return arns;
  }

  /** The versions that there are under a key; a delete marker is none. */
  async versionsIn(bucket: string, key: string): Promise<string[]> {
    const { Versions: versions = [] } = await this.s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key }));
    return versions.map(({ VersionId: id = '' }) => id);
  }

  async textOf(place: FileItem['archive']): Promise<string | undefined> {
    const { bucket, key, versionId } = place ?? {};
    const { Body: body } = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
    return body?.transformToString();
  }

  private async isGoing(executionArn: string | undefined): Promise<boolean> {
    if (executionArn === undefined) return false;
    const { status } = await this.stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING';
  }
}
