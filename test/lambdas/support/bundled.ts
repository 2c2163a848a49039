import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

export interface Outcome {
  /** What the code resolved to. */
  readonly result: unknown;
  /** The process's largest resident memory, in MB. */
  readonly peakMegabytes: number;
}

/**
 * Runs code that ends with `export default <promise>` in a process of its own, bundled as a Lambda is, with no more heap than
 * a small function has.
 */
export async function runBundled(code: string, environment: Readonly<Record<string, string>>): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bundle-'));
  const outfile = join(folder, 'index.cjs');
  const report = 'run.then((result) => console.log(JSON.stringify({ result, rss: process.resourceUsage().maxRSS })))';
  await build({
    stdin: {
      contents: `${code.replace('export default', 'const run =')};\n${report}`,
      resolveDir: process.cwd(),
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    loader: { '.sql': 'text' },
    logLevel: 'error',
  });
  const env = { ...process.env, ...environment };
  const { stdout } = await promisify(execFile)(process.execPath, ['--max-old-space-size=128', outfile], { env });
  await rm(folder, { recursive: true });
  const { result, rss } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as { result: unknown; rss: number };
  return { result, peakMegabytes: Math.round(rss / 1024) };
}
