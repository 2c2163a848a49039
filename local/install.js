// Installs what the laptop needs and does not have yet: `node local/install.js [--dev]`.
// Plain JavaScript without packages, because it runs before `npm ci`.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.js';
import { installNodePackages } from './install/node-packages.js';
import { installPython } from './install/python.js';
import { findJava } from './install/java.js';
import { installSparkJars } from './install/spark-jars.js';

const project = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const state = join(project, '.assay');
const dev = process.argv.includes('--dev');

async function installPythonAndSpark() {
  const python = await installPython(project, state, dev);
  const javaHome = await findJava(state, python);
  await installSparkJars(project, state, python, javaHome);
}

try {
  await withLock(join(state, 'install.lock'), () => Promise.all([installNodePackages(project), installPythonAndSpark()]));
} catch (error) {
  process.stderr.write(`assay: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
