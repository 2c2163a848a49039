import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { drillName, expectClean } from './support/clean';
import { glueRunsOf, processOf, type Job } from './support/glue-run';
import { commitsOf, phaseOf, type Phase } from './support/iceberg';
import { DrillLaptop } from './support/laptop';
import { killGroup } from './support/processes';
import { fiveFiles } from './support/purchases';
import { randomOf, shuffled } from './support/seed';

interface Moment {
  readonly job: Job;
  readonly phase?: Phase;
  /** The kill comes at most so much later. */
  readonly within: number;
}

const MOMENTS: readonly Moment[] = [
  { job: 'bronze-to-silver', phase: 'before', within: 1500 },
  { job: 'bronze-to-silver', phase: 'during', within: 400 },
  { job: 'bronze-to-silver', phase: 'after', within: 50 },
  { job: 'silver-to-gold', within: 1500 },
  { job: 'gold-to-rds', within: 600 },
];

const random = randomOf('kill-glue-run');
const drill = drillName('kill');
// Every seed kills at other files: the first, one that mentions purchases again, the corrected version.
const CASES = shuffled(MOMENTS, random).map((moment, index) => ({
  ...moment,
  when: moment.phase === undefined ? moment.job : `${moment.job} ${moment.phase} the publish`,
  place: index,
  delay: Math.round(random() * moment.within),
}));

describe('a Glue run that is killed', () => {
  let laptop: DrillLaptop;
  beforeAll(async () => {
    laptop = await DrillLaptop.connect();
  });

  async function untilPhase(phase: Phase, runId: string): Promise<void> {
    for (let seen = await phaseOf(laptop, runId); seen !== phase; seen = await phaseOf(laptop, runId)) {
      if (seen === 'after') throw new Error(`the publish was over before its phase "${phase}" was seen`);
      await sleep(20);
    }
  }

  it.each(CASES)('$when, file $place, $delay ms later: tried again, loaded once', async ({ job, phase, place, delay }) => {
    const runId = await laptop.put(fiveFiles(drill)[place as 0]);
    const pid = await processOf(laptop, job, runId);
    if (phase !== undefined) await untilPhase(phase, runId);
    await sleep(delay);
    killGroup(pid);
    const run = await laptop.whenOver(runId);
    expect(run).toMatchObject({ status: 'succeeded' });
    const runs = await glueRunsOf(laptop, job, runId);
    expect(runs.map(({ JobRunState: state }) => state).sort()).toEqual(['FAILED', 'SUCCEEDED']);
    expect(runs.map(({ ErrorMessage: message = '' }) => message).join()).toContain('killed by SIGKILL');
    expect(await commitsOf(laptop, runId)).toHaveLength(1);
  });

  it('ends in the tables of a clean run', () => expectClean(laptop, drill, 'five'));
});
