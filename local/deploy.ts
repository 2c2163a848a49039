import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { ACCOUNT, awsEnvironment, childEnvironment } from './environment';
import { tail } from './files';
import { type Folders, projectFolder } from './folders';
import type { LaptopRecord } from './laptop-record';
import { databasePassword } from './postgres';
import { type Report, timed } from './report';
import { deploymentPrint } from './sources';

const DATABASE_STACK = 'assay-local-database';

/** Deploys the local stage with the ordinary CDK, unless it is deployed as it is. */
export async function deploy(folders: Folders, record: LaptopRecord, report: Report): Promise<void> {
  const parameters = {
    DatabaseHost: '127.0.0.1',
    DatabasePort: String(record.ports.postgres),
    DatabasePassword: databasePassword(folders),
  };
  const deployed = folders.file('deployed');
  const print = deploymentPrint({ ...parameters, endpoint: record.endpoint });
  if (lastDeployment(deployed) === print) return;
  const run = (args: string[], onStack: Report) => cdk(folders, record, args, onStack);
  const bootstrapped = folders.file('bootstrapped');
  if (lastDeployment(bootstrapped) === '') {
    const target = `aws://${ACCOUNT}/${awsEnvironment(record.endpoint).AWS_REGION}`;
    await timed(report, 'cdk bootstrap', () => run(['bootstrap', target, '-c', 'stage=local'], () => undefined));
    writeFileSync(bootstrapped, 'once\n');
  }
  const given = Object.entries(parameters).flatMap(([name, value]) => ['--parameters', `${DATABASE_STACK}:${name}=${value}`]);
  const options = ['--all', '-c', 'stage=local', '--require-approval', 'never', '--method', 'direct', '--concurrency', '4'];
  await timed(report, 'cdk deploy --all -c stage=local', () => run(['deploy', ...options, ...given], report));
  writeFileSync(deployed, print);
}

function lastDeployment(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function cdk(folders: Folders, record: LaptopRecord, args: string[], onStack: Report): Promise<void> {
  const log = join(folders.logs, 'deploy.log');
  const output = createWriteStream(log);
  const program = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');
  const always = ['--output', folders.file('cdk.out'), '--no-notices', '--no-version-reporting', '--no-color', '--ci', 'false'];
  const child = spawn(process.execPath, [program, ...args, ...always], {
    cwd: projectFolder,
    env: { ...childEnvironment(record.endpoint), CDK_DISABLE_CLI_TELEMETRY: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      output.write(`${line}\n`);
      const stack = /^\s*✅\s+(\S+)/u.exec(line)?.[1];
      if (stack !== undefined) onStack(`  ${stack}`);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      output.end(() => {
        if (code === 0) resolve();
        else reject(new Error(`cdk ${args[0] ?? ''} failed (all of it is in ${log}):\n${tail(log, 30)}`));
      }),
    );
  });
}
