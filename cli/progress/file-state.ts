import { bytes, duration } from '../output/quantities';
import type { FileEvent, WatchedRun } from './view';

/** What is known of a dropped file, and a way to wait until more is. */
export class FileState {
  /** Of the file, beside its name. */
  text = '';
  run: WatchedRun | undefined;
  isOver = false;
  isBad = false;
  private readonly listeners = new Set<() => void>();

  take(event: FileEvent): void {
    if (this.isOver) return;
    this.text = textOf(event);
    if (event.kind === 'looked' || event.kind === 'ended') this.run = event.run;
    this.isOver = event.kind === 'ended' || event.kind === 'left' || event.kind === 'given up';
    this.isBad = event.kind === 'given up' || (event.kind === 'ended' && event.run.status === 'failed');
    for (const listener of [...this.listeners]) listener();
  }

  /** Resolves as soon as the condition holds, or at once; `onChange` runs now and at every change until then. */
  until(condition: () => boolean, onChange: () => void): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        onChange();
        if (!condition()) return;
        this.listeners.delete(look);
        resolve();
      };
      this.listeners.add(look);
      look();
    });
  }
}

function textOf(event: FileEvent): string {
  if (event.kind === 'uploading') return `${bytes(event.sent)} of ${bytes(event.size)} uploaded`;
  if (event.kind === 'uploaded') return `${bytes(event.size)} uploaded in ${duration(event.took)}`;
  // How a run ended is the command's result, and marked in the tree.
  if (event.kind === 'left') return 'uploaded';
  return event.kind === 'given up' ? event.reason : '';
}
