import { setMaxListeners } from 'node:events';
import { endingOf } from './errors';
import { Interrupted } from './failure';
import { processOutput, type Output } from './output/output';
import { createProgram } from './program';
import type { Session } from './session';

/** Runs one command line; resolves to the exit code: 0 done, 1 failed, 2 bad usage, 130 interrupted. */
export async function main(words: readonly string[], output: Output = processOutput): Promise<number> {
  const stopping = new AbortController();
  // Whatever waits listens to it: each of many files on its way has a few.
  setMaxListeners(0, stopping.signal);
  const session: Session = { output, signal: stopping.signal, exitCode: 0 };
  const stop = (exitCode: 130 | 143) => (): void => {
    if (stopping.signal.aborted) process.exit(exitCode);
    stopping.abort(new Interrupted(exitCode));
  };
  process.on('SIGINT', stop(130));
  process.on('SIGTERM', stop(143));
  // Whoever reads our output may have enough, as head does.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? session.exitCode : 1));
  try {
    const program = await createProgram(session, words);
    await program.parseAsync(words.map(notAnOption), { from: 'user' });
    return session.exitCode;
  } catch (error) {
    const { code, message } = endingOf(error, stopping.signal);
    const left = stopping.signal.aborted ? session.leaves?.() : undefined;
    if (message !== undefined) output.progress(left === undefined ? message : `${message}; ${left}`);
    if (process.env['ASSAY_DEBUG'] !== undefined && error instanceof Error) output.progress(error.stack ?? '');
    return code;
  }
}

/** SQL may begin with a comment, which is no option though it begins like one; a newline before it changes nothing. */
function notAnOption(word: string): string {
  return /^--\s/.test(word) ? `\n${word}` : word;
}
