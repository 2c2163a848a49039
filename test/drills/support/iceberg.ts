import { GetTableCommand } from '@aws-sdk/client-glue';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { DrillLaptop } from './laptop';

interface Snapshot {
  readonly 'snapshot-id': string;
  readonly 'parent-snapshot-id'?: string;
  readonly summary: Readonly<Record<string, string>>;
}

interface Metadata {
  readonly refs?: Readonly<Record<string, { readonly 'snapshot-id': string }>>;
  readonly snapshots?: readonly Snapshot[];
}

/** How far the publish of a run has come. */
export type Phase = 'before' | 'during' | 'after';

/** What the catalog says of silver's rows at this moment. */
async function silver({ glue, s3 }: DrillLaptop): Promise<Metadata> {
  const { Table: table } = await glue.send(new GetTableCommand({ DatabaseName: 'silver', Name: 'purchases_by_file' }));
  const { host, pathname } = new URL(table?.Parameters?.['metadata_location'] ?? '');
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: host, Key: pathname.slice(1) }));
  // Snapshot ids are too long for a JSON number.
  const text = ((await body?.transformToString()) ?? '').replaceAll(/("[\w-]*snapshot-id"\s*:\s*)(\d+)/g, '$1"$2"');
  return JSON.parse(text) as Metadata;
}

/** Snapshots of main that brought the run's rows. */
export async function commitsOf(laptop: DrillLaptop, runId: string): Promise<Snapshot[]> {
  return markedOn(await silver(laptop), runId);
}

export async function phaseOf(laptop: DrillLaptop, runId: string): Promise<Phase> {
  const metadata = await silver(laptop);
  if (markedOn(metadata, runId).length > 0) return 'after';
  return metadata.refs?.[`audit_${runId}`] === undefined ? 'before' : 'during';
}

function markedOn({ refs, snapshots = [] }: Metadata, runId: string): Snapshot[] {
  const byId = new Map(snapshots.map((snapshot) => [snapshot['snapshot-id'], snapshot]));
  const marked: Snapshot[] = [];
  let next = byId.get(refs?.['main']?.['snapshot-id'] ?? '');
  while (next) {
    if (next.summary['assay.run'] === runId) marked.push(next);
    next = byId.get(next['parent-snapshot-id'] ?? '');
  }
  return marked;
}
