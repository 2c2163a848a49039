/** Takes a line of progress for the user. */
export type Report = (line: string) => void;

/** Reports what is done when it begins, while it takes long, and how long it took. */
export async function timed<T>(report: Report, what: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(1)} s`;
  report(`${what} …`);
  const stillGoing = setInterval(() => report(`${what}: ${seconds()} so far`), 15_000);
  try {
    const result = await work();
    report(`${what}: done in ${seconds()}`);
    return result;
  } finally {
    clearInterval(stillGoing);
  }
}
