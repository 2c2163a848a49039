import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { SourceRefused, SourceUnavailable, TurnTaken, UnexpectedAnswer } from '../../../contracts/errors';
import { Extracting } from './extracting';

let extracting: Extracting;

describe('an extract that fails', () => {
  beforeEach(async () => {
    extracting = await Extracting.create();
  });

  test('says the page and what was answered last, when the budget is spent', async () => {
    const api = await extracting.apiWith({ budgetSeconds: 1, paging: 'page' });
    for (let at = 3; at < 40; at += 1) api.order({ at, fault: { kind: 'error' } });
    const execution = randomUUID();
    const failure = await extracting.call(execution, { full: true }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SourceUnavailable);
    expect(String(failure)).toMatch(/v1\/concessions, page 3: HTTP 500 .*out of order.*after \d+ tr(y|ies)/);
    expect(await extracting.names(execution)).toEqual(['page-000001.json', 'page-000002.json', 'progress.json']);
  });

  test('says where in an answer the first value stands that was not agreed', async () => {
    const api = await extracting.apiWith();
    api.order({ at: 2, fault: { kind: 'malformed' } });
    const failure = await extracting.call(randomUUID()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnexpectedAnswer);
    expect(String(failure)).toMatch(/the page at cursor "\w+", items\[0\]\.lines: expected array, got string; nothing of/);
  });

  test('is refused by what it asks in a wrong way', async () => {
    const api = await extracting.apiWith();
    process.env['SOURCE_URL'] = api.url.replace('concessions', 'else');
    await expect(extracting.call(randomUUID())).rejects.toThrow(SourceRefused);
    await expect(extracting.call(randomUUID())).rejects.toThrow(TurnTaken);
  });
});

describe('the token', () => {
  beforeEach(async () => {
    extracting = await Extracting.create();
  });

  test('is fetched again when it is no longer taken, once', async () => {
    const api = await extracting.apiWith({ token: 'first' });
    await extracting.extractAll(randomUUID());
    api.served.splice(0);
    await extracting.putToken('second');
    api.order({ at: 3, fault: { kind: 'rotated', token: 'second' } });
    expect(await extracting.extractAll(randomUUID())).toMatchObject({ records: 950 });
    expect(api.served.map(({ status }) => status)).toEqual([200, 200, 401, ...Array<number>(8).fill(200)]);
    api.expectToken('a third that nobody told us');
    const failure = await extracting.call(randomUUID(), { full: true }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SourceRefused);
    expect(String(failure)).toMatch(/HTTP 401 .* put a token that it takes into the secret/);
    expect(String(failure)).not.toContain('second');
    expect(api.served.slice(-2).map(({ status }) => status)).toEqual([401, 401]);
  });
});
