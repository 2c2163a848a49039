// Installs what the laptop needs and does not have yet: `node local/install.js [--dev] [--notebook]`.
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
const notebook = dev || process.argv.includes('--notebook');

/** @param {string} name */
const requirements = (name) => join(project, 'local', `${name}.txt`);

async function installPythonAndSpark() {
  const tools = dev ? [requirements('requirements-dev')] : [];
  const sets = /** @type {const} */ ([requirements('requirements'), ...tools]);
  const python = await installPython(join(state, 'venv'), sets, 'Spark, emulator: some 500 MB');
  const javaHome = await findJava(state, python);
  await installSparkJars(project, state, python, javaHome);
}

// dbt and fakesnow in an environment of their own: their pins are not the emulator's.
async function installSnowflake() {
  await installPython(join(state, 'snowflake-venv'), [requirements('requirements-snowflake')], 'Snowflake, dbt: some 400 MB');
}

// Its packages only where somebody executes it; the laptop needs none of them.
async function installNotebook() {
  if (!notebook) return;
  await installPython(join(state, 'notebook-venv'), [requirements('requirements-notebook')], 'notebook, charts: some 400 MB');
}

try {
  await withLock(join(state, 'install.lock'), () =>
    Promise.all([installNodePackages(project), installPythonAndSpark(), installSnowflake(), installNotebook()]),
  );
} catch (error) {
  process.stderr.write(`assay: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
