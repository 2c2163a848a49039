import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectFolder } from './folders';

/** What a deployment is made of. */
const DEPLOYED = ['bin/app.ts', 'lib', 'contracts', 'lambdas', 'glue-scripts', 'sql', 'cdk.json', 'package-lock.json'];
const IGNORED = /(^|\/)(__pycache__|node_modules|\..*)(\/|$)/;

/** A fingerprint of the deployed sources and of what else the deployment depends on. */
export function deploymentPrint(parameters: Readonly<Record<string, string>>): string {
  const hash = createHash('sha256').update(JSON.stringify(parameters));
  for (const file of DEPLOYED.flatMap((path) => filesOf(join(projectFolder, path)))) {
    hash.update(`\0${relative(projectFolder, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesOf(path: string): string[] {
  if (!existsSync(path) || IGNORED.test(relative(projectFolder, path))) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesOf(join(path, name)));
}
