import type { Step } from '../execution/steps';
import type { Output } from '../output/output';
import { bytes, duration } from '../output/quantities';
import { visible } from '../output/table';
import { shortId } from '../runs/find-run';
import { outcomeOf } from '../runs/outcome';
import { nameWidth, stepLine } from './step-line';
import type { FileEvent, ProgressView } from './view';

/**
 * One line for everything that is over. With several files each line begins with its file's name, and the end of each is
 * told as it comes; that of an only file is the command's result.
 */
export class PlainView implements ProgressView {
  private readonly told = new Set<string>();

  constructor(
    private readonly output: Output,
    private readonly files: readonly string[],
  ) {}

  show(file: string, event: FileEvent): void {
    if (event.kind === 'uploaded') {
      this.line(file, `${bytes(event.size)} uploaded in ${duration(event.took)}, run ${shortId(event.runId)}`);
    } else if (event.kind === 'looked' || event.kind === 'ended') {
      this.tellSteps(file, event.run.steps);
      if (event.kind === 'ended' && this.files.length > 1) this.line(file, outcomeOf(event.run));
    } else if (event.kind === 'given up') {
      this.line(file, event.reason);
    }
  }

  async close(): Promise<void> {}

  private tellSteps(file: string, steps: readonly Step[]): void {
    for (const step of steps) {
      const key = `${file}\n${step.name}`;
      if (step.endedAt === null || this.told.has(key)) continue;
      this.told.add(key);
      this.line(file, stepLine(step, new Date(), nameWidth(steps)));
    }
  }

  private line(file: string, text: string): void {
    this.output.progress(this.files.length > 1 ? `${visible(file)}: ${text}` : `  ${text}`);
  }
}
