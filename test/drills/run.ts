import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { TestLaptop } from '../acceptance/laptop';

/** Drills in which the seed chooses the moment; the others would only be repeated. */
const WITH_A_MOMENT = ['any-order', 'kill-glue-run', 'left-behind', 'lose-database', 'privacy'];
const LAPTOP = 'drills';

// The drills with the seeds 1 to N, on one laptop: with the first seed all, with the others those that have a moment.
// Ends with 1 when one of them fails.
const { values } = parseArgs({ options: { times: { type: 'string', default: '1' } } });
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1) throw new Error(`--times ${values.times}: expected a whole number above 0`);

interface Outcome {
  readonly seed: number;
  readonly code: number | null;
  readonly seconds: number;
}

async function drill(seed: number, files: readonly string[]): Promise<Outcome> {
  const startedAt = Date.now();
  const child = spawn('npx', ['vitest', 'run', '--config', 'vitest.drills.config.ts', ...files], {
    env: { ...process.env, ASSAY_DRILL_SEED: String(seed), ASSAY_DRILLS_KEEP: '1' },
    stdio: 'inherit',
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { seed, code, seconds: Math.round((Date.now() - startedAt) / 1000) };
}

process.env['ASSAY_LAPTOP'] = LAPTOP;
const stop = new AbortController();
// The drill that runs ends by itself; the laptop must not be left behind.
process.once('SIGINT', () => {
  stop.abort();
});
const laptop = new TestLaptop(LAPTOP);
await laptop.startClean();
try {
  const outcomes: Outcome[] = [];
  for (let seed = 1; seed <= times && !stop.signal.aborted; seed += 1)
    outcomes.push(await drill(seed, seed === 1 ? [] : WITH_A_MOMENT));
  console.log('seed  outcome  seconds');
  for (const { seed, code, seconds } of outcomes) {
    console.log(`${String(seed).padEnd(4)}  ${(code === 0 ? 'passed' : 'FAILED').padEnd(7)}  ${seconds}`);
  }
  process.exitCode = outcomes.every(({ code }) => code === 0) ? 0 : 1;
} finally {
  await laptop.discard();
}
