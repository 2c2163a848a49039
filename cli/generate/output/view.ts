import type { Output } from '../../output/output';
import { bytes, counted } from '../../output/quantities';
import { DATASETS } from '../datasets';
import type { Progress } from './file';
import type { GeneratedFile } from './manifest';

export interface GenerateView extends Progress {
  /** Gives the terminal back. */
  close(): void;
}

/** A bar that is redrawn on a terminal, and a line for each file anywhere else. */
export function generateView(output: Output, batches: number, stream: NodeJS.WriteStream = process.stderr): GenerateView {
  if (output.isLive) return new BarView(stream, batches * DATASETS.length);
  const written = (file: GeneratedFile): void => output.progress(`  ${fileText(file)}`);
  return { written, rows: () => undefined, close: () => undefined };
}

const BAR_WIDTH = 24;
const REDRAW_EVERY_MS = 100;

class BarView implements GenerateView {
  private done = 0;
  private drawnAt = 0;
  private isClosed = false;

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly files: number,
  ) {}

  rows(file: string, written: number, all: number): void {
    this.draw(this.done + Math.min(1, written / all), file);
  }

  written({ name }: GeneratedFile): void {
    this.done += 1;
    this.draw(this.done, name);
  }

  close(): void {
    if (!this.isClosed) this.stream.write('\r\u001b[K');
    this.isClosed = true;
  }

  private draw(done: number, file: string): void {
    if (Date.now() - this.drawnAt < REDRAW_EVERY_MS) return;
    this.drawnAt = Date.now();
    const full = Math.floor((BAR_WIDTH * done) / this.files);
    const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
    const text = `${bar} ${Math.floor((100 * done) / this.files)} %  ${file}`;
    this.stream.write(`\r${text.slice(0, this.stream.columns - 1)}\u001b[K`);
  }
}

function fileText({ name, rows, bytes: size }: GeneratedFile): string {
  return `${name}  ${counted(rows, 'row')}, ${bytes(size)}`;
}
