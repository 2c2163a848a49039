import type { ExtractInput, ExtractState } from '../../contracts/extract';
import { placeUri, type ExtractPlace } from '../extract/objects';
import { readWatermark } from '../extract/watermark';
import type { Extraction } from './extraction';
import { firstPosition } from './paging';
import { type Progress, readProgress, writeManifest } from './progress';
import type { ExtractSettings } from './settings';

/** Where an earlier call of the extract left off, or its beginning. */
export async function progressOf(
  place: ExtractPlace,
  { paging, overlapMs }: ExtractSettings,
  source: string,
  input: ExtractInput,
): Promise<Progress> {
  const before = await readProgress(place);
  if (before !== undefined) return before;
  const from = beginning(input, await readWatermark(source), overlapMs);
  return { from, position: firstPosition(paging), reading: 1, isDone: false, spentMs: 0, pages: [] };
}

/** The moment from which on changes are asked for; null: everything. */
export function beginning({ since, full }: ExtractInput, watermark: string | undefined, overlapMs: number): string | null {
  if (full) return null;
  if (since !== undefined) return new Date(since).toISOString();
  return watermark === undefined ? null : new Date(Date.parse(watermark) - overlapMs).toISOString();
}

interface Started {
  readonly extractId: string;
  readonly source: string;
  readonly startedAt: string;
  readonly state: ExtractInput;
}

/** What the next state is told; of a complete extract the manifest is written first. */
export async function stateOf(
  { progress, records }: Extraction,
  place: ExtractPlace,
  { extractId, source, startedAt, state }: Started,
  waitMs: number,
): Promise<ExtractState> {
  const manifest = progress.isDone
    ? await writeManifest(place, progress, { extractId, source, startedAt, records })
    : placeUri(place, 'manifest.json');
  const { from, pages, isDone: isComplete } = progress;
  const waitSeconds = Math.ceil(waitMs / 1000);
  return { ...state, extractId, startedAt, from, isComplete, waitSeconds, pages: pages.length, records, manifest };
}
