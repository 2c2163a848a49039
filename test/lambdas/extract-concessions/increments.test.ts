import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { SourceUnavailable } from '../../../contracts/errors';
import { handler as end } from '../../../lambdas/end-extract/index';
import { Extracting } from './extracting';

let extracting: Extracting;

describe('an increment', () => {
  beforeEach(async () => {
    extracting = await Extracting.create();
  });

  test('fetches what was changed since the last complete extract, and no more', async () => {
    const api = await extracting.apiWith();
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    await extracting.end(one, await extracting.call(one));
    const fetched = () => api.served.splice(0).reduce((sum, { records }) => sum + records, 0);
    expect(fetched()).toBe(950);
    const nothing = await extracting.call(two);
    expect(nothing).toMatchObject({ from: api.records.all.at(-1)?.updated_at, records: 1 });
    await extracting.end(two, nothing);
    expect(fetched()).toBe(1);
    api.records.update(20);
    api.records.add(30);
    const more = await extracting.call(three);
    await extracting.end(three, more);
    expect(more.records).toBe(51);
    expect(fetched()).toBe(51);
  });

  test('begins before the watermark by the overlap, where it is asked to by --since, and at nothing with --full', async () => {
    const api = await extracting.apiWith({ overlapSeconds: 3600 });
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    await extracting.end(one, await extracting.call(one, { full: true }));
    const last = Date.parse(api.records.all.at(-1)?.updated_at ?? '');
    const two_ = await extracting.call(two);
    expect(two_.from).toBe(new Date(last - 3_600_000).toISOString());
    await extracting.end(two, two_);
    const three_ = await extracting.call(three, { since: '2025-01-03T10:00:00+10:00' });
    expect(three_.from).toBe('2025-01-03T00:00:00.000Z');
    expect(await extracting.end(three, three_)).toBe(new Date(last).toISOString());
  });

  test('that begins behind what is known moves nothing, and says where the next one begins', async () => {
    const api = await extracting.apiWith();
    const [one, two] = [randomUUID(), randomUUID()];
    const known = await extracting.end(one, await extracting.call(one));
    expect(known).toBe(api.records.all.at(-1)?.updated_at);
    const later = await extracting.call(two, { since: '2026-05-01T00:00:00Z' });
    expect(later.records).toBe(0);
    expect(await extracting.end(two, later)).toBe(known);
  });

  test('that is not complete moves nothing', async () => {
    const api = await extracting.apiWith({ budgetSeconds: 0 });
    api.order({ at: 4, fault: { kind: 'error' } });
    const [one, two] = [randomUUID(), randomUUID()];
    await expect(extracting.call(one)).rejects.toThrow(SourceUnavailable);
    // The first one's turn ends as the machine ends it.
    await end({ isDone: false, source: 'concessions', executionName: one });
    expect(await extracting.call(two)).toMatchObject({ from: null, records: 950 });
  });
});
