import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { cdk } from './cdk';
import { ACCOUNT, awsEnvironment } from './environment';
import { writeWhole } from './files';
import { type Folders, projectFolder } from './folders';
import type { LaptopRecord } from './laptop-record';
import { databasePassword } from './postgres';
import { type Report, timed } from './report';
import { putSnowflakeKeys, setUpSnowflake, SNOWFLAKE_ACCOUNT } from './snowflake';
import { deploymentPrint } from './sources';

/** Synthesis asks nothing of AWS: it can run before there is an endpoint. */
const NO_ENDPOINT = 'http://127.0.0.1:9';

/** Other laptops may be at other sources; each takes some 60 MB. */
const KEPT_ASSEMBLIES = 4;

/**
 * Synthesizes the local stage, unless a laptop of this project has done so; resolves to the assembly. Takes longer than all else, so
 * begin it early. That the templates are valid is the tests' business: they synthesize this stage with all checks.
 */
export async function synthesize(folders: Folders, report: Report): Promise<string> {
  const assembly = join(folders.assemblies, deploymentPrint({}).slice(0, 16));
  if (existsSync(assembly)) {
    utimesSync(assembly, new Date(), new Date());
    return assembly;
  }
  mkdirSync(folders.logs, { recursive: true });
  removeOld(folders.assemblies);
  const making = `${assembly}-${process.pid}`;
  const args = ['synth', '--quiet', '--no-validation', '-c', 'stage=local', '--output', making];
  try {
    await timed(report, 'cdk synth -c stage=local', () => cdk(folders, { args, cwd: projectFolder, endpoint: NO_ENDPOINT }));
    renameSync(making, assembly);
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    // Another laptop, which makes the same, may have been first.
    if (!existsSync(assembly)) throw error;
  }
  return assembly;
}

function removeOld(assemblies: string): void {
  if (!existsSync(assemblies)) return;
  const found = readdirSync(assemblies).map((name) => join(assemblies, name));
  const byUse = found.map((path) => ({ path, usedAt: statSync(path).mtimeMs })).sort((one, other) => other.usedAt - one.usedAt);
  for (const { path } of byUse.slice(KEPT_ASSEMBLIES - 1)) rmSync(path, { recursive: true, force: true });
}

/** Deploys what `synthesis` makes with the ordinary CDK, and sets up Snowflake for it, unless it is deployed as it is. */
export async function deploy(
  folders: Folders,
  { endpoint, ports }: LaptopRecord,
  synthesis: Promise<string>,
  report: Report,
): Promise<void> {
  const parameters = {
    'assay-local-database:DatabaseHost': '127.0.0.1',
    'assay-local-database:DatabasePort': String(ports.postgres),
    'assay-local-database:DatabasePassword': databasePassword(folders),
    'assay-local-pipelines:ConcessionsAddress': `http://127.0.0.1:${ports.concessions}`,
    'assay-local-pipelines:SnowflakeAccountName': SNOWFLAKE_ACCOUNT,
    'assay-local-pipelines:SnowflakeAddress': `http://127.0.0.1:${ports.snowflake}`,
  };
  const deployed = folders.file('deployed');
  const print = deploymentPrint({ ...parameters, endpoint });
  if (readText(deployed) === print) {
    await synthesis;
    return;
  }
  const [assembly] = await Promise.all([synthesis, bootstrap(folders, endpoint, report)]);
  const given = Object.entries(parameters).flatMap(([name, value]) => ['--parameters', `${name}=${value}`]);
  const options = ['--all', '--app', assembly, '--require-approval', 'never', '--method', 'direct'];
  const args = ['deploy', ...options, '--concurrency', '4', ...given];
  await timed(report, 'cdk deploy --all -c stage=local', () =>
    cdk(folders, { args, cwd: projectFolder, endpoint, onStack: report }),
  );
  await setUpSnowflake(folders, ports.snowflake);
  await putSnowflakeKeys(folders, endpoint);
  writeWhole(deployed, print);
}

/** Once a laptop. */
async function bootstrap(folders: Folders, endpoint: string, report: Report): Promise<void> {
  const stamp = folders.file('bootstrapped');
  if (readText(stamp) !== '') return;
  const args = ['bootstrap', `aws://${ACCOUNT}/${awsEnvironment(endpoint).AWS_REGION}`];
  await timed(report, 'cdk bootstrap', () => cdk(folders, { args, cwd: folders.own, endpoint }));
  writeWhole(stamp, 'once\n');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
