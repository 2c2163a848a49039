import { SourceChanging } from '../../contracts/errors';
import type { ExtractPlace } from '../extract/objects';
import { ask } from '../http-source/ask';
import { OutOfTime, Patience } from '../http-source/patience';
import { logger } from '../log/logger';
import { type AgreedRecords, type Page, pageReader } from './page';
import { firstPosition, pageUrl, positionText } from './paging';
import { keepPage, type Progress, readPage, writeProgress } from './progress';
import { Reading } from './reading';
import type { ExtractSettings } from './settings';

/** Readings of all pages before it is given up: what changes all the time may never fit together. */
const MOST_READINGS = 5;

export interface ExtractionProps {
  readonly settings: ExtractSettings;
  readonly agreed: AgreedRecords;
  readonly place: ExtractPlace;
  readonly progress: Progress;
  /** How long this call may still wait for anything, in milliseconds. */
  readonly remainingMs: () => number;
}

interface Fetched {
  readonly page: Page;
  readonly bytes: Buffer;
}

/** Fetches page after page and keeps each as it came, from where the progress stands. */
export class Extraction {
  private readonly patience: Patience;
  private readonly read: (body: unknown, what: string) => Page;
  private reading: Reading;
  private current: Progress;

  constructor(private readonly props: ExtractionProps) {
    const { settings, progress, remainingMs } = props;
    this.patience = new Patience({ budgetMs: settings.budgetMs, spentMs: progress.spentMs, remainingMs });
    this.read = pageReader(props.agreed);
    this.reading = new Reading(settings.paging);
    this.current = progress;
  }

  get progress(): Progress {
    return this.current;
  }

  /** Different records of this reading. */
  get records(): number {
    return this.reading.records;
  }

  /**
   * Goes on until all is there; resolves to 0 then, or, when the call's time is up before, to how many milliseconds the next
   * call shall wait. Raises SourceUnavailable, SourceRefused, UnexpectedAnswer and SourceChanging.
   */
  async run(): Promise<number> {
    await this.recall();
    try {
      while (!this.current.isDone) {
        if (this.props.remainingMs() < this.props.settings.timeoutMs) return 0;
        await this.take(await this.fetchPage());
      }
      return 0;
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw error;
      await this.save({ ...this.current, spentMs: this.patience.spentMs });
      return error.waitMs;
    }
  }

  /** What an earlier call has read, from the pages that it kept. */
  private async recall(): Promise<void> {
    const { place } = this.props;
    for (const facts of this.current.pages.filter(({ reading }) => reading === this.current.reading)) {
      const bytes = await readPage(place, facts);
      this.reading.add(facts.position, this.read(JSON.parse(bytes.toString()), facts.name));
    }
  }

  private async fetchPage(): Promise<Fetched> {
    const { settings } = this.props;
    const { position, from } = this.current;
    const what = `${settings.address}, ${positionText(position)}`;
    for (let attempt = 1; ; attempt += 1) {
      const startedAt = Date.now();
      const asked = await ask(settings, pageUrl(settings.address, position, settings.pageSize, from));
      const page = asked.kind === 'answered' ? this.read(asked.body, what) : undefined;
      const repetition = page && this.reading.repetition(position, page);
      if (asked.kind === 'answered' && page && repetition === undefined) return { page, bytes: asked.bytes };
      const failed =
        asked.kind === 'failed' ? asked : ({ kind: 'failed', reason: `answered with another page: ${repetition}` } as const);
      logger.warn('the source has to be asked again', { position: positionText(position), attempt, reason: failed.reason });
      await this.patience.after(failed, attempt, Date.now() - startedAt, what);
    }
  }

  private async take({ page, bytes }: Fetched): Promise<void> {
    const { place, settings } = this.props;
    const { position, pages, reading } = this.current;
    const kept = [...pages, await keepPage(place, this.current, page, bytes)];
    this.reading.add(position, page);
    const progress = { ...this.current, pages: kept, spentMs: this.patience.spentMs };
    const next = this.reading.next(position, page);
    if (next.kind === 'done') return this.save({ ...progress, isDone: true });
    if (next.kind === 'go on') return this.save({ ...progress, position: next.position });
    logger.warn('the pages do not fit together and are read again', { reading, why: next.why });
    if (reading >= MOST_READINGS)
      throw new SourceChanging(
        `${settings.address}: ${next.why}, and so it was in all of ${reading} readings; extract when less is changed there`,
      );
    this.reading = new Reading(settings.paging);
    await this.save({ ...progress, position: firstPosition(settings.paging), reading: reading + 1 });
  }

  private async save(progress: Progress): Promise<void> {
    this.current = progress;
    await writeProgress(this.props.place, progress);
  }
}
