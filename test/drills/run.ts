import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

// The drills with the seeds 1 to N, one after the other; ends with 1 when one of them fails.
const { values } = parseArgs({ options: { times: { type: 'string', default: '1' } } });
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1) throw new Error(`--times ${values.times}: expected a whole number above 0`);

interface Outcome {
  readonly seed: number;
  readonly code: number | null;
  readonly seconds: number;
}

async function drill(seed: number): Promise<Outcome> {
  const startedAt = Date.now();
  const child = spawn('npx', ['vitest', 'run', '--config', 'vitest.drills.config.ts'], {
    env: { ...process.env, ASSAY_DRILL_SEED: String(seed) },
    stdio: 'inherit',
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { seed, code, seconds: Math.round((Date.now() - startedAt) / 1000) };
}

const outcomes: Outcome[] = [];
for (let seed = 1; seed <= times; seed += 1) outcomes.push(await drill(seed));
console.log('seed  outcome  seconds');
for (const { seed, code, seconds } of outcomes) {
  console.log(`${String(seed).padEnd(4)}  ${(code === 0 ? 'passed' : 'FAILED').padEnd(7)}  ${seconds}`);
}
process.exitCode = outcomes.every(({ code }) => code === 0) ? 0 : 1;
