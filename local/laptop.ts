import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { deploy, synthesize } from './deploy';
import { type AwsEnvironment, awsEnvironment } from './environment';
import { tail } from './files';
import { Folders, projectFolder } from './folders';
import { isRunning, type LaptopRecord, readRecord, writeRecord } from './laptop-record';
import { withLock } from './lock.js';
import { removePlace } from './postgres-place';
import { type Report, timed } from './report';

/** A laptop that runs. */
export interface Laptop {
  readonly pid: number;
  readonly endpoint: string;
  /** Points an AWS SDK or the CDK at it. */
  readonly environment: AwsEnvironment;
  readonly postgres: { readonly host: string; readonly port: number };
  /** Snowflake's SQL API, over plain HTTP. */
  readonly snowflake: { readonly host: string; readonly port: number };
  /** Where the stage looks for the concessions API: whoever plays it listens there. */
  readonly concessions: { readonly host: string; readonly port: number };
  readonly startedAt: string;
  /** Where its logs are. */
  readonly logs: string;
}

export interface UpOptions {
  /** @default true: the local stage is deployed when its sources have changed */
  readonly deploy?: boolean;
}

export interface DownOptions {
  /** Tables, files, database, deployment: everything but what was installed. @default false */
  readonly deleteData?: boolean;
}

const START_SECONDS = 90;

/** Starts the laptop, if it does not run, and deploys the local stage, if its sources have changed. */
export async function up(options: UpOptions = {}, report: Report = () => undefined): Promise<Laptop> {
  const folders = new Folders();
  folders.requireInstallation();
  // Two at once would start two, or deploy into each other.
  return withLock(folders.lock, async () => {
    const deploys = options.deploy ?? true;
    const synthesis = deploys ? synthesize(folders, report) : undefined;
    // Until it is waited for by the deployment, its failure is nobody's.
    synthesis?.catch(() => undefined);
    const record = (await settled(folders)) ?? (await timed(report, 'starting the laptop', () => start(folders)));
    if (synthesis) await deploy(folders, record, synthesis, report);
    return laptopOf(folders, record);
  });
}

/** The laptop, or undefined when it does not run. */
export function status(): Promise<Laptop | undefined> {
  const folders = new Folders();
  const record = running(folders);
  return Promise.resolve(record?.state === 'ready' ? laptopOf(folders, record) : undefined);
}

/** What the laptop is at, or undefined when it does not run. */
export function phase(): LaptopRecord['state'] | undefined {
  return running(new Folders())?.state;
}

/**
 * Ends the laptop and all its processes; resolves to whether there was one. What it holds is there again after the next
 * `up`.
 */
export async function down(options: DownOptions = {}, report: Report = () => undefined): Promise<boolean> {
  const folders = new Folders();
  const record = running(folders);
  if (record) await timed(report, 'stopping the laptop', () => stop(record));
  if (options.deleteData ?? false) {
    removePlace(folders.postgres);
    rmSync(folders.own, { recursive: true, force: true });
  }
  return record !== undefined;
}

/** The laptop that runs and is ready; one that starts or ends is waited for. */
async function settled(folders: Folders): Promise<LaptopRecord | undefined> {
  for (;;) {
    const record = running(folders);
    if (record === undefined || record.state === 'ready') return record;
    await sleep(100);
  }
}

/** The record of the supervisor that runs; what a crash left behind is not one. */
function running(folders: Folders): LaptopRecord | undefined {
  const record = readRecord(folders);
  return record && isRunning(record) ? record : undefined;
}

async function start(folders: Folders): Promise<LaptopRecord> {
  mkdirSync(folders.logs, { recursive: true });
  rmSync(folders.file('laptop.json'), { force: true });
  const path = join(folders.logs, 'supervisor.log');
  const log = openSync(path, 'w', 0o600);
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const supervisor = spawn(process.execPath, ['--import', loader, join(projectFolder, 'local', 'supervisor.ts')], {
    cwd: projectFolder,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  supervisor.unref();
  // Until it speaks for itself: who is interrupted now must be able to end it.
  const soon = {
    state: 'starting',
    endpoint: '',
    ports: { aws: 0, postgres: 0, snowflake: 0, concessions: 0 },
    startedAt: new Date().toISOString(),
  } as const;
  if (supervisor.pid !== undefined) writeRecord(folders, { pid: supervisor.pid, ...soon });
  const deadline = Date.now() + START_SECONDS * 1000;
  while (Date.now() < deadline && supervisor.exitCode === null) {
    const record = readRecord(folders);
    if (record?.state === 'ready') return record;
    await sleep(100);
  }
  supervisor.kill();
  const reason = readRecord(folders)?.reason ?? tail(path);
  throw new Error(
    `the laptop did not start${supervisor.exitCode === null ? ` within ${START_SECONDS} s` : ''}; its logs are in ${folders.logs}\n${reason}`,
  );
}

async function stop(record: LaptopRecord): Promise<void> {
  process.kill(record.pid, 'SIGTERM');
  while (isRunning(record)) await sleep(50);
}

function laptopOf(folders: Folders, record: LaptopRecord): Laptop {
  return {
    pid: record.pid,
    endpoint: record.endpoint,
    environment: awsEnvironment(record.endpoint),
    postgres: { host: '127.0.0.1', port: record.ports.postgres },
    snowflake: { host: '127.0.0.1', port: record.ports.snowflake },
    concessions: { host: '127.0.0.1', port: record.ports.concessions },
    startedAt: record.startedAt,
    logs: folders.logs,
  };
}
