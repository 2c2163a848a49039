import { randomUUID } from 'node:crypto';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { onTestFinished } from 'vitest';
import { loadContracts } from '../../../contracts/catalog';
import { ExtractManifest, extractIdOf, type ExtractState } from '../../../contracts/extract';
import { extractSources } from '../../../contracts/extract-source';
import { handler as endExtract } from '../../../lambdas/end-extract/index';
import { handler } from '../../../lambdas/extract-concessions/index';
import type { Concession } from '../../concessions-api/concession';
import { ConcessionsApi, type ConcessionsApiProps } from '../../concessions-api/server';
import { createBucket, createLedger } from '../support/aws';
import { get, keys, put } from '../support/objects';

const [source] = extractSources(loadContracts('contracts'));
if (source === undefined) throw new Error('no contract has an extract');
const { source: name, key, changedAt, paths } = source;

const secrets = new SecretsManagerClient({});

export interface ExtractOptions {
  readonly paging?: 'cursor' | 'page';
  readonly budgetSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly overlapSeconds?: number;
}

/** What a handler of an extract runs in: a bucket, a ledger and a secret of its own. */
export class Extracting {
  private constructor(
    readonly bucket: string,
    readonly secretArn: string,
  ) {}

  static async create(): Promise<Extracting> {
    const bucket = await createBucket('bronze');
    await createLedger();
    const created = await secrets.send(
      new CreateSecretCommand({ Name: `concessions-${randomUUID()}`, SecretString: '{"token":"first"}' }),
    );
    return new Extracting(bucket, created.ARN ?? '');
  }

  /** An API until the test is over, which the handler then asks. */
  async apiWith(props: Partial<ConcessionsApiProps> & ExtractOptions = {}): Promise<ConcessionsApi> {
    const api = await ConcessionsApi.start({ count: 950, paging: 'cursor', ...props });
    onTestFinished(() => api.close());
    this.use(api, props);
    return api;
  }

  private use(api: ConcessionsApi, options: ExtractOptions = {}): void {
    Object.assign(process.env, {
      SOURCE_URL: api.url,
      SOURCE_PAGING: options.paging ?? 'cursor',
      SOURCE_PAGE_SIZE: '100',
      SOURCE_TIMEOUT_SECONDS: String(options.timeoutSeconds ?? 1),
      SOURCE_BUDGET_SECONDS: String(options.budgetSeconds ?? 60),
      SOURCE_OVERLAP_SECONDS: String(options.overlapSeconds ?? 0),
      SOURCE_SECRET_ARN: this.secretArn,
      BRONZE_BUCKET: this.bucket,
    });
  }

  async putToken(token: string): Promise<void> {
    await secrets.send(new PutSecretValueCommand({ SecretId: this.secretArn, SecretString: JSON.stringify({ token }) }));
  }

  /** One call, which has so much time. */
  call(execution: string, state: object = {}, time: () => number = () => 900_000): Promise<ExtractState> {
    const records = { source: name, key, changedAt, paths };
    const event = { executionName: execution, startedAt: '2026-06-01T00:00:00.000Z', state, records };
    return handler(event, { getRemainingTimeInMillis: time });
  }

  /** A whole extract, and its turn given back without moving the watermark. */
  async extractAll(execution: string, state: object = { full: true }): Promise<ExtractState> {
    const extracted = await this.call(execution, state);
    await this.end(execution, extracted);
    return extracted;
  }

  /** Where the next extract begins. */
  async end(execution: string, state: ExtractState): Promise<string | null> {
    // As the job that makes the files leaves it.
    await put(this.bucket, `_extracts/concessions/${state.extractId}/flattened.json`, '{"files":[]}');
    const result = await endExtract({ isDone: true, source: name, executionName: execution, state });
    if (result === undefined) throw new Error(`the extract of ${execution} ended without a result`);
    return result.next;
  }

  async names(execution: string): Promise<string[]> {
    const prefix = `_extracts/concessions/${extractIdOf(execution)}/`;
    return (await keys(this.bucket)).filter((each) => each.startsWith(prefix)).map((each) => each.slice(prefix.length));
  }

  async manifest(execution: string): Promise<ExtractManifest> {
    const bytes = await get(this.bucket, `_extracts/concessions/${extractIdOf(execution)}/manifest.json`);
    return ExtractManifest.parse(JSON.parse(bytes.toString()));
  }

  /** The records of the pages that the manifest names: id → when it was changed. Of one that is there twice the later. */
  async extracted(execution: string): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const { key: page } of (await this.manifest(execution)).pages) {
      const { items } = JSON.parse((await get(this.bucket, page)).toString()) as { items: Concession[] };
      for (const { concession_id: id, updated_at: at } of items) if (at > (found.get(id) ?? '')) found.set(id, at);
    }
    return found;
  }
}

/** What the API holds, in the same shape. */
export function held(api: ConcessionsApi): Map<string, string> {
  return new Map(api.records.all.map(({ concession_id: id, updated_at: at }) => [id, at]));
}
