import { readFileSync, readdirSync } from 'node:fs';

const EVERY_MS = 250;

/** Watches the memory of a process and all below it (Linux): the largest sum of their proportional set sizes, in bytes. */
export class PeakMemory {
  private peak = 0;
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly pid: number) {
    this.timer = setInterval(() => {
      this.look();
    }, EVERY_MS);
  }

  stop(): number {
    clearInterval(this.timer);
    this.look();
    return this.peak;
  }

  private look(): void {
    const sum = family(this.pid).reduce((bytes, pid) => bytes + proportionalSetSize(pid), 0);
    this.peak = Math.max(this.peak, sum);
  }
}

function family(root: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const below = (pid: number): number[] =>
    parents.filter(([, parent]) => parent === pid).flatMap(([child]) => [child, ...below(child)]);
  return [root, ...below(root)];
}

function parentOf(pid: string): number {
  // The name in brackets may hold anything; the parent is the second word after it.
  return Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1]);
}

function proportionalSetSize(pid: number): number {
  return Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) * 1024;
}

/** Empty for a process that has ended meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
