import { readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { reported, run } from './command.js';
import { fingerprint, readStamp, writeStamp } from './stamp.js';

/**
 * The jars Spark needs beside its own, fetched by Spark's own resolver into `.assay/jars`.
 * @param {string} project
 * @param {string} state
 * @param {string} python
 * @param {string} javaHome
 */
export async function installSparkJars(project, state, python, javaHome) {
  const list = join(project, 'local', 'spark-jars.json');
  const jars = join(state, 'jars');
  const stamp = join(jars, '.assay-stamp');
  const wanted = fingerprint([list]);
  if (readStamp(stamp)[0] === wanted) return;
  await reported('fetching Spark jars (Iceberg, S3, PostgreSQL), some 120 MB', async () => {
    const resolved = await resolve(list, state, python, javaHome);
    rmSync(jars, { recursive: true, force: true });
    renameSync(resolved, jars);
    rmSync(dirname(resolved), { recursive: true });
  });
  writeStamp(stamp, [wanted]);
}

/**
 * A Python-less Spark shell with closed input: it resolves its packages, starts, and ends.
 * @param {string} list
 * @param {string} state
 * @param {string} python
 * @param {string} javaHome
 */
async function resolve(list, state, python, javaHome) {
  /** @type {{packages: string[], excludes: string[]}} */
  const { packages, excludes } = JSON.parse(readFileSync(list, 'utf8'));
  const spark = (await run(python, ['-c', 'import pyspark; print(pyspark.__path__[0])'])).trim();
  const ivy = join(state, 'ivy');
  rmSync(join(ivy, 'jars'), { recursive: true, force: true });
  const options = ['--packages', packages.join(','), '--exclude-packages', excludes.join(',')];
  await run(join(spark, 'bin', 'spark-submit'), [...options, '--conf', `spark.jars.ivy=${ivy}`, 'pyspark-shell'], {
    cwd: dirname(list),
    env: {
      ...process.env,
      JAVA_HOME: javaHome,
      SPARK_HOME: spark,
      SPARK_LOCAL_IP: '127.0.0.1',
      _PYSPARK_DRIVER_CONN_INFO_PATH: join(ivy, 'unused-connection-info'),
    },
  });
  return join(ivy, 'jars');
}
