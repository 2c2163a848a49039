/** A place in what reads a dataset: a line of our SQL, or of another contract. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** What it does there: reads the column, declares it `numeric(18, 2)` … */
  readonly does: string;
}

/**
 * `stricter`: files that were accepted may be refused, which breaks partners. `breaking`: files, rows or readers from before do
 * not fit any more. Both need a new major version.
 */
export type Effect = 'compatible' | 'stricter' | 'breaking';

export interface Change {
  /** `table.column`, or the part of the contract: `inbox.filePattern`. */
  readonly subject: string;
  readonly effect: Effect;
  /** What changed, from what to what, and whom it concerns. */
  readonly message: string;
  /** Our own consumers that break. */
  readonly consumers: readonly Place[];
}

export function change(subject: string, effect: Effect, message: string, consumers: readonly Place[] = []): Change {
  return { subject, effect, message, consumers };
}

/** Breaking where there are places that break, compatible otherwise. */
export function unlessUsed(subject: string, message: string, consumers: readonly Place[]): Change {
  return change(subject, consumers.length > 0 ? 'breaking' : 'compatible', message, consumers);
}
