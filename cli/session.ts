import type { Output } from './output/output';

/** One call of the command line. */
export interface Session {
  readonly output: Output;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** 1 when the command worked but what it tells of has failed, as a refused file. */
  exitCode: 0 | 1;
  /** What goes on though the command is interrupted, and how to end it. */
  leaves?: () => string | undefined;
}
