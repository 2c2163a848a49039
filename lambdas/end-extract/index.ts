import { z } from 'zod';
import { type ExtractResult, ExtractState, extractIdOf, FlattenedExtract, ExtractManifest } from '../../contracts/extract';
import { extractPlace, getObject } from '../extract/objects';
import { turnOf } from '../extract/turn';
import { moveWatermark, readWatermark } from '../extract/watermark';
import { withFailureNames } from '../failure/with-failure-names';
import { endTurn } from '../ledger/turn';

const Settings = z.object({ BRONZE_BUCKET: z.string().min(1) });
const Request = z.discriminatedUnion('isDone', [
  z.object({ isDone: z.literal(true), source: z.string().min(1), executionName: z.string().min(1), state: ExtractState }),
  z.object({ isDone: z.literal(false), source: z.string().min(1), executionName: z.string().min(1) }),
]);

/** Ends an extract whose files are in the inbox: the next one begins where it ended. Of one that failed only its turn ends. */
export const handler = withFailureNames(async (event: unknown): Promise<ExtractResult | undefined> => {
  const { BRONZE_BUCKET: bucket } = Settings.parse(process.env);
  const request = Request.parse(event);
  const extractId = extractIdOf(request.executionName);
  const result = request.isDone ? await completed(bucket, request.source, request.state) : undefined;
  await endTurn(turnOf(request.source), extractId, request.isDone);
  return result;
});

async function completed(bucket: string, source: string, state: ExtractState): Promise<ExtractResult> {
  const place = extractPlace(bucket, source, state.extractId);
  const manifest = ExtractManifest.parse(jsonOf(await getObject(place, 'manifest.json')));
  // An extract without records has no files.
  const { files } =
    state.records === 0 ? { files: [] } : FlattenedExtract.parse(jsonOf(await getObject(place, 'flattened.json')));
  await moveWatermark(manifest);
  return { ...state, next: (await readWatermark(source)) ?? null, files };
}

function jsonOf(bytes: Buffer | undefined): unknown {
  return bytes && JSON.parse(bytes.toString());
}
