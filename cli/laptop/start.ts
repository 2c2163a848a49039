import { down, status, up, type Laptop } from '../../local/laptop';
import { UserError } from '../failure';
import type { Session } from '../session';

/** Starts the laptop and deploys the local stage, as far as that is not done yet; says what it does. */
export async function startLaptop({ output, signal }: Session): Promise<Laptop> {
  const ranBefore = (await status()) !== undefined;
  const starting = up({}, (line) => {
    output.progress(`  ${line}`);
  });
  try {
    return await unlessAborted(starting, signal);
  } catch (error) {
    if (signal.aborted && !ranBefore) await down();
    if (signal.aborted || !(error instanceof Error)) throw error;
    throw new UserError(error.message, { cause: error });
  }
}

function unlessAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const aborted = new Promise<never>((_, reject) => {
    const stop = (): void => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, aborted]);
}
