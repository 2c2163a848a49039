import { dateOf, dayOf } from '../generate/calendar';
import type { FileItem } from '../runs/file-item';

/** Before the file's name in the inbox, so that no file of a user's takes the place of one of the demo's. */
const FOLDER = 'demo/';
const FIRST_DAY = dayOf('2026-01-01');

export interface DemoDays {
  /** Whose files are in the tables. */
  readonly done: readonly string[];
  /** The first that is not. */
  readonly next: string;
  /** Runs of the demo that have not ended. */
  readonly unfinished: readonly FileItem[];
}

export function demoKey(fileName: string): string {
  return `${FOLDER}${fileName}`;
}

/** What the ledger says of the demo's files so far. */
export function demoDays(items: readonly FileItem[]): DemoDays {
  const ours = items.filter(({ key }) => key.startsWith(FOLDER));
  const unfinished = ours.filter(({ status }) => status === 'claimed' || status === 'running');
  const loaded = new Set(ours.filter(({ status }) => status === 'succeeded').map(({ ingestionDate }) => ingestionDate));
  const done: string[] = [];
  for (let number = FIRST_DAY; ; number += 1) {
    const day = dateOf(number);
    if (!loaded.has(day)) return { done, next: day, unfinished };
    done.push(day);
  }
}
