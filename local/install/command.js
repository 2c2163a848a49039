import { spawn } from 'node:child_process';

/**
 * Runs a program to its end and returns what it printed. Raises with the last lines of its output when it fails.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv}} [options]
 * @returns {Promise<string>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split('\n').slice(-15).join('\n  ');
      reject(new Error(`${program} ${args.slice(0, 4).join(' ')} … ended with ${signal ?? code}:\n  ${tail}`));
    });
  });
}

/**
 * Says what is being done, while it takes long and when it is done.
 * @template T
 * @param {string} what
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function reported(what, work) {
  const start = Date.now();
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(0)} s`;
  process.stderr.write(`assay: ${what} …\n`);
  const stillGoing = setInterval(() => process.stderr.write(`assay: ${what}: ${seconds()} so far\n`), 15_000);
  try {
    const result = await work();
    process.stderr.write(`assay: ${what}: done in ${seconds()}\n`);
    return result;
  } finally {
    clearInterval(stillGoing);
  }
}
