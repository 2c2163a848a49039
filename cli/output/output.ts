/** Where a command writes: its result goes to stdout, all else to stderr, so that a pipe gets the result alone. */
export interface Output {
  result(text: string): void;
  progress(line: string): void;
  /** Whether progress is watched on a terminal, and so may be redrawn. */
  readonly isLive: boolean;
}

export const processOutput: Output = {
  result: (text) => {
    process.stdout.write(`${text}\n`);
  },
  progress: (line) => {
    process.stderr.write(`${line}\n`);
  },
  isLive:
    process.stderr.isTTY && process.stderr.columns > 0 && process.env['TERM'] !== 'dumb' && process.env['CI'] === undefined,
};
