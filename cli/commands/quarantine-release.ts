import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { Command, InvalidArgumentError } from 'commander';
import type { Contract } from '../../contracts/contract';
import type { KeptVersion } from '../../contracts/run';
import type { Account } from '../aws/account';
import { connect } from '../aws/connect';
import { checkedContractOf } from '../datasets';
import { causeOf, UsageError, UserError } from '../failure';
import { counted } from '../output/quantities';
import { print } from '../output/print';
import { checkKeys } from '../quarantine/check-keys';
import { chooseRows } from '../quarantine/choose-rows';
import { refusedOf, type RefusedOfRun } from '../quarantine/refused-rows';
import { correctedRows, rowText } from '../quarantine/release-file';
import { readText } from '../read-text';
import { followRequested } from '../requests/follow-requested';
import { request } from '../requests/request';
import { shortId } from '../runs/find-run';
import { outcomeOf } from '../runs/outcome';
import type { Session } from '../session';
import { jsonOption, stageOption, type StageOptions } from '../stage';
import { hexadecimal } from './run';

interface RowsOptions extends StageOptions {
  readonly run: string;
  readonly rows?: number[];
}

interface ExportOptions extends RowsOptions {
  readonly out?: string;
}

interface ReleaseOptions extends RowsOptions {
  readonly file?: string;
  readonly json: boolean;
}

const RELEASE_HELP = `
The rows go through the same machine as a file, to the place in their file where they came from, each once. Rows that still
break the contract stay in quarantine. Without --file they are released as they came: after the contract was mended.
  npx assay quarantine export purchases --run 1a2b3c --out fixed.csv    then correct fixed.csv, and
  npx assay quarantine release purchases --run 1a2b3c --file fixed.csv`;

export function exportCommand(session: Session): Command {
  return rowsCommand('export')
    .description('refused rows, to be corrected and released: as CSV, or as JSON lines of a file that was no CSV')
    .option('--out <file>', 'write to a file (default: to stdout)')
    .action((dataset: string, options: ExportOptions) => exportRows(session, dataset, options));
}

export function releaseCommand(session: Session): Command {
  return rowsCommand('release')
    .description('bring refused rows back: corrected in a file, or as they are')
    .option('--file <path>', 'the corrected rows, made from an export')
    .addOption(jsonOption())
    .addHelpText('after', RELEASE_HELP)
    .action((dataset: string, options: ReleaseOptions) => release(session, dataset, options));
}

/** A command about refused rows of one run. */
function rowsCommand(name: string): Command {
  return new Command(name)
    .argument('<dataset>')
    .requiredOption('--run <id>', 'the run that refused them; a beginning of its id is enough', hexadecimal)
    .option('--rows <numbers>', 'only these rows of the file, as 3,17', rowList)
    .addOption(stageOption());
}

async function exportRows({ output, signal }: Session, name: string, options: ExportOptions): Promise<void> {
  const { dataset, csv } = checkedContractOf(name);
  const { run, header, rows } = await refusedOf(await connect(options.stage), dataset, options.run, signal);
  const chosen = chooseRows(rows, options.rows);
  const text = rowText(run.format ?? 'csv', csv).written(header, chosen);
  if (options.out === undefined) {
    output.result(text.trimEnd());
    return;
  }
  writeNew(options.out, text);
  output.result(`${counted(chosen.length, 'row')} in ${options.out}: correct them, leave _row as it is, then release them`);
}

async function release(session: Session, name: string, options: ReleaseOptions): Promise<void> {
  const contract = checkedContractOf(name);
  const { file, rows } = options;
  if (file !== undefined && rows !== undefined) throw new UsageError('say --file or --rows: a file has its numbers');
  const corrected = file === undefined ? undefined : { name: file, text: readText(file) };
  const account = await connect(options.stage);
  const refused = await refusedOf(account, contract.dataset, options.run, session.signal);
  const released = corrected ? asCorrected(refused, corrected, contract) : asTheyCame(refused, rows, contract);
  if (released === undefined) {
    print(session.output, options.json, [], () => 'nothing to release: these rows came back before, or none was refused');
    return;
  }
  const [run] = await followRequested(session, account, [refused.run], async ({ id }) => {
    return request(account, { kind: 'Release Requested', run: id, file: await put(account, contract.dataset, released) });
  });
  if (run === undefined) throw new Error('a release was asked for and no run followed');
  if (run.status === 'failed') session.exitCode = 1;
  print(session.output, options.json, [run], () => toldRelease(refused, run));
}

interface ReleasedFile {
  readonly name: string;
  readonly text: string;
}

/** Undefined when all these rows are back. */
function asTheyCame(
  { run, header, rows }: RefusedOfRun,
  numbers: number[] | undefined,
  { csv }: Contract,
): ReleasedFile | undefined {
  const chosen = chooseRows(rows, numbers);
  const { format, written } = rowText(run.format ?? 'csv', csv);
  return chosen.length === 0 ? undefined : { name: `as-they-came.${format}`, text: written(header, chosen) };
}

function asCorrected({ run, header, rows }: RefusedOfRun, file: ReleasedFile, contract: Contract): ReleasedFile | undefined {
  const rowsAs = rowText(run.format ?? 'csv', contract.csv);
  const corrected = correctedRows(file.text, file.name, rowsAs);
  const numbers = corrected.rows.map(({ row }) => row);
  if (chooseRows(rows, numbers).length === 0) return undefined;
  checkKeys(file.name, corrected, rows, header, contract, rowsAs);
  return file;
}

function toldRelease({ run: of }: RefusedOfRun, run: Parameters<typeof outcomeOf>[0] & { readonly id: string }): string {
  return `release of run ${shortId(of.id)}  run ${shortId(run.id)}  ${outcomeOf(run)}`;
}

/** Never over another file, which may be the one that somebody is correcting. */
function writeNew(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: 'wx' });
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (isThere) throw new UserError(`${path} is there already: give another name, or remove it`);
    throw new UserError(`${path} cannot be written: ${causeOf(error)}`);
  }
}

/** Its name stays in the key: errors of the machine name the file by it. */
async function put(account: Account, dataset: string, { name, text }: ReleasedFile): Promise<KeptVersion> {
  const client = new S3Client({ ...account.settings, forcePathStyle: account.stage === 'local' });
  const bucket = await account.output('lake', 'QuarantineBucketName');
  const key = `releases/${dataset}/${randomUUID()}/${basename(name).replace(/[^\w.-]/g, '_')}`;
  const { VersionId: versionId } = await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: text }));
  if (versionId === undefined) throw new UserError(`the bucket ${bucket} keeps no versions: deploy the stage again`);
  return { bucket, key, versionId };
}

function rowList(text: string): number[] {
  if (!/^[1-9]\d*(,[1-9]\d*)*$/.test(text)) throw new InvalidArgumentError('expected row numbers, as 3,17.');
  return text.split(',').map(Number);
}
