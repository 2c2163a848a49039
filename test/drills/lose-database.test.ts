import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { storedRun } from '../lambdas/support/runs';
import { drillName, expectClean } from './support/clean';
import { databasePort, loadsOf, withPassword, withSecret } from './support/database';
import { invoke, withVariables } from './support/function-settings';
import { glueRunsOf } from './support/glue-run';
import { DrillLaptop } from './support/laptop';
import { proxyTo } from '../network/proxy';
import { oneFile } from './support/purchases';
import { randomOf, shuffled } from './support/seed';
import { wireTo, type Cut } from '../network/wire';

const random = randomOf('lose-database');
const FETCH = 'secretsmanager.GetSecretValue';

let laptop: DrillLaptop;
beforeAll(async () => {
  laptop = await DrillLaptop.connect();
});

describe('the connection to the database breaks', () => {
  const drill = drillName('cut');
  // Upper case: the Glue job says it so. After its own commit, the rows are staged twice.
  const appends: readonly Cut[] = [
    { at: 'INSERT INTO', when: 'before' },
    { at: 'INSERT INTO', when: 'after the answer' },
    { at: 'COMMIT', when: 'after the answer' },
  ];

  it('during the append, and after the commit before its answer: loaded once', async () => {
    const wire = await wireTo(databasePort(), [
      ...shuffled(appends, random).slice(0, 1),
      // Lower case: UpsertRds says it so.
      { at: 'commit', when: 'after the answer' },
    ]);
    onTestFinished(wire.close);
    const run = await withSecret(laptop, { port: wire.port }, () =>
      // Its variables are changed so that the function starts anew and fetches the secret.
      withVariables(laptop, 'upsert-rds', { DRILL: drill }, () => laptop.load(oneFile(drill))),
    );
    expect(run).toMatchObject({ status: 'succeeded' });
    expect(wire.cuts()).toBe(2);
    const states = (await glueRunsOf(laptop, 'gold-to-rds', run.id)).map(({ JobRunState: state }) => state);
    expect(states.sort()).toEqual(['FAILED', 'SUCCEEDED']);
    expect(await loadsOf(run.id)).toBe(1);
  });

  it('ends in the tables of a clean run', () => expectClean(laptop, drill, 'one'));
});

describe('the password is rotated during a run', () => {
  const drill = drillName('rotated');

  it('is fetched again once', async () => {
    let fetched = 0;
    const proxy = await proxyTo(laptop.account.settings.endpoint ?? '', {
      answered: ({ headers: { 'x-amz-target': target } }) => {
        fetched += target === FETCH ? 1 : 0;
        return 'pass on';
      },
    });
    onTestFinished(proxy.close);
    await withVariables(laptop, 'upsert-rds', { AWS_ENDPOINT_URL_SECRETS_MANAGER: proxy.endpoint }, async () => {
      // A run without rows: from here on the function keeps the secret.
      await invoke(laptop, 'upsert-rds', { run: storedRun(drill), models: ['customer_purchase_summary'] });
      expect(fetched).toBe(1);
      const runId = await laptop.put(oneFile(drill));
      while ((await laptop.ledger.get(runId))?.status !== 'running') await sleep(100);
      await sleep(random() * 2000);
      await withPassword(laptop, `rotated-${drill}`, async () => {
        expect(await laptop.whenOver(runId)).toMatchObject({ status: 'succeeded' });
      });
      expect(fetched).toBe(2);
      expect(await loadsOf(runId)).toBe(1);
    });
  });

  it('ends in the tables of a clean run', () => expectClean(laptop, drill, 'one'));
});
