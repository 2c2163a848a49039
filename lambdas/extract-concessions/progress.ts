import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ChecksumMismatch } from '../../contracts/errors';
import type { ExtractManifest } from '../../contracts/extract';
import { getObject, placeUri, putObject, type ExtractPlace } from '../extract/objects';
import type { Page } from './page';
import type { Position } from './paging';

const Position = z.union([z.object({ page: z.int().positive() }), z.object({ cursor: z.string().nullable() })]);
const PageFacts = z.object({
  name: z.string(),
  sha256: z.string(),
  records: z.int(),
  position: Position,
  /** Which reading it belongs to. */
  reading: z.int().positive(),
  /** The latest change in it. */
  changedAt: z.iso.datetime().nullable(),
});
export type PageFacts = z.infer<typeof PageFacts>;

/** How far an extract has come: kept after every page, so that a call that is killed repeats one at most. */
export const Progress = z.object({
  from: z.iso.datetime().nullable(),
  /** Which page is next. */
  position: Position,
  reading: z.int().positive(),
  isDone: z.boolean(),
  /** What failed tries and pauses took. */
  spentMs: z.number(),
  pages: z.array(PageFacts),
});
export type Progress = z.infer<typeof Progress>;

const NAME = 'progress.json';
const MANIFEST = 'manifest.json';

export async function readProgress(place: ExtractPlace): Promise<Progress | undefined> {
  const bytes = await getObject(place, NAME);
  return bytes && Progress.parse(JSON.parse(bytes.toString()));
}

export function writeProgress(place: ExtractPlace, progress: Progress): Promise<void> {
  return putObject(place, NAME, JSON.stringify(progress));
}

/** Keeps a page as it came, under the next number. */
export async function keepPage(place: ExtractPlace, progress: Progress, page: Page, bytes: Buffer): Promise<PageFacts> {
  const { position, reading, pages } = progress;
  const name = `page-${String(pages.length + 1).padStart(6, '0')}.json`;
  await putObject(place, name, bytes);
  const changedAt = page.records.reduce<string | null>((last, record) => latest(last, record.changedAt), null);
  return { name, sha256: sha256Of(bytes), records: page.records.length, position, reading, changedAt };
}

/** The bytes of a page that was kept. Raises ChecksumMismatch. */
export async function readPage(place: ExtractPlace, { name, sha256 }: PageFacts): Promise<Buffer> {
  const bytes = await getObject(place, name);
  if (bytes !== undefined && sha256Of(bytes) === sha256) return bytes;
  throw new ChecksumMismatch(`${placeUri(place, name)} is not as it was kept; start another extract, which fetches it again`);
}

/** Says that all of the extract is there; where it stands. */
export async function writeManifest(
  place: ExtractPlace,
  progress: Progress,
  extract: Pick<ExtractManifest, 'extractId' | 'source' | 'startedAt' | 'records'>,
): Promise<string> {
  const { from, reading, pages } = progress;
  const last = pages.reduce<string | null>((found, { changedAt }) => latest(found, changedAt), null);
  // A record from the future must not take the watermark there: what comes meanwhile would be missed.
  const to = last !== null && last > extract.startedAt ? extract.startedAt : last;
  const manifest: ExtractManifest = {
    ...extract,
    from,
    to: to ?? from,
    readings: reading,
    pages: pages
      .filter((page) => page.reading === reading)
      .map(({ name, sha256, records }) => ({ key: place.prefix + name, sha256, records })),
  };
  await putObject(place, MANIFEST, JSON.stringify(manifest, null, 2));
  return placeUri(place, MANIFEST);
}

function latest(one: string | null, other: string | null): string | null {
  return one === null || (other !== null && other > one) ? other : one;
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
