import { phase, up, type Laptop } from '../../local/laptop';
import { UserError } from '../failure';
import type { Session } from '../session';

/** Starts the laptop and deploys the local stage, as far as that is not done yet; says what it does. */
export async function startLaptop(session: Session): Promise<Laptop> {
  const { output, signal } = session;
  session.leaves = laptopLeft;
  const starting = up({}, (line) => {
    output.progress(`  ${line}`);
  });
  try {
    return await unlessAborted(starting, signal);
  } catch (error) {
    if (signal.aborted || !(error instanceof Error)) throw error;
    throw new UserError(error.message, { cause: error });
  }
}

/** To end it would take seconds, and npm hands on a second Ctrl-C at once: it is not ended, but said. */
function laptopLeft(): string | undefined {
  const does = { starting: 'goes on starting', ready: 'is running', failed: undefined }[phase() ?? 'failed'];
  return does && `the laptop ${does}: \`npx assay down\` stops it`;
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
