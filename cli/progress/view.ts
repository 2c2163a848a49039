import type { Output } from '../output/output';
import type { RunDetail } from '../runs/summary';
import { LiveView } from './live-view';
import { PlainView } from './plain-view';

/** What a view needs to know of a run. */
export type WatchedRun = Pick<RunDetail, 'status' | 'steps' | 'rows' | 'note' | 'failedStep' | 'error'>;

/** What happens to a dropped file, or to another thing that a run is of. */
export type FileEvent =
  | { readonly kind: 'uploading'; readonly sent: number; readonly size: number }
  | { readonly kind: 'uploaded'; readonly runId: string; readonly size: number; readonly took: number }
  | { readonly kind: 'looked'; readonly run: WatchedRun }
  /** The last look at a run. */
  | { readonly kind: 'ended'; readonly run: WatchedRun }
  /** The file is in the inbox, and nobody waits for its run. */
  | { readonly kind: 'left' }
  /** Nothing more will be known of the file. */
  | { readonly kind: 'given up'; readonly reason: string };

/** Shows dropped files, or what else a run is of, on their way. */
export interface ProgressView {
  show(file: string, event: FileEvent): void;
  /** Gives the terminal back. */
  close(): Promise<void>;
}

/** A view that is redrawn on a terminal, and plain lines anywhere else. */
export function progressView(output: Output, files: readonly string[]): ProgressView {
  return output.isLive ? new LiveView(files) : new PlainView(output, files);
}
