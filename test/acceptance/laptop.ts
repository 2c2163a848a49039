import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DrillLaptop } from '../drills/support/laptop';
import { listenToAll } from '../drills/support/messages';
import { assay, assayJson, type JudgedRun, type RunSummary, type Table } from './assay';

/** A laptop of this suite's own, so that nothing of a user's is touched. */
export class TestLaptop {
  constructor(readonly name: string) {}

  /** Up, with nothing in it; whatever it tells people is heard from now on. ASSAY_LAPTOP must name it, too. */
  async startClean(): Promise<void> {
    await this.discard();
    await this.expect(0, 'up');
    await listenToAll(await DrillLaptop.connect());
  }

  async discard(): Promise<void> {
    await this.expect(0, 'down', '--delete-data');
  }

  async expect(code: number, ...words: string[]): Promise<string> {
    const finished = await assay(this.name, ...words);
    if (finished.code !== code)
      throw new Error(
        `assay ${words.join(' ')} ended with ${finished.code}, not ${code}:\n${finished.stdout}\n${finished.stderr}`,
      );
    return finished.stdout;
  }

  runs(): Promise<RunSummary[]> {
    return assayJson<RunSummary[]>(this.name, ['runs']);
  }

  quality(dataset: string): Promise<JudgedRun[]> {
    return assayJson<JudgedRun[]>(this.name, ['quality', dataset]);
  }

  async rows(where: 'rds' | 'lake' | 'snowflake', sql: string): Promise<unknown[][]> {
    return (await assayJson<Table>(this.name, ['query', where, sql])).rows;
  }

  get endpoint(): string {
    const path = fileURLToPath(new URL(`../../.assay/${this.name}/laptop.json`, import.meta.url));
    return (JSON.parse(readFileSync(path, 'utf8')) as { endpoint: string }).endpoint;
  }
}
