import { z } from 'zod';
import { ExtractInput, type ExtractState, extractIdOf } from '../../contracts/extract';
import { WHATEVER_WAS_DONE } from '../../contracts/turn';
import { extractPlace } from '../extract/objects';
import { turnOf } from '../extract/turn';
import { withFailureNames } from '../failure/with-failure-names';
import { takeTurn } from '../ledger/turn';
import { Extraction } from './extraction';
import { AgreedRecords } from './page';
import { extractSettings } from './settings';
import { progressOf, stateOf } from './state';

const Request = z.object({
  executionName: z.string().min(1),
  startedAt: z.iso.datetime().transform((time) => new Date(time).toISOString()),
  /** The execution's input, and after the first call what that answered. */
  state: ExtractInput,
  records: AgreedRecords,
});

/** What the call needs of Lambda's context. */
interface CallTime {
  getRemainingTimeInMillis(): number;
}

/** To write down what is there, after the last answer. */
const MARGIN_MS = 10_000;

export const handler = withFailureNames(async (event: unknown, context: CallTime): Promise<ExtractState> => {
  const request = Request.parse(event);
  const settings = extractSettings();
  const { source } = request.records;
  const extractId = extractIdOf(request.executionName);
  await takeTurn(turnOf(source), extractId, WHATEVER_WAS_DONE);
  const place = extractPlace(settings.bucket, source, extractId);
  const extraction = new Extraction({
    settings,
    agreed: request.records,
    place,
    progress: await progressOf(place, settings, source, request.state),
    remainingMs: () => context.getRemainingTimeInMillis() - MARGIN_MS,
  });
  const waitMs = await extraction.run();
  return stateOf(extraction, place, { ...request, source, extractId }, waitMs);
});
