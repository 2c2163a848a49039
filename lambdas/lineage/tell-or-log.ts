import { randomBytes } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { logger } from '../log/logger';
import { s3 } from '../s3/client';
import { runEvent, type RunEventProps } from './run-event';

const Settings = z.object({
  /** s3://bucket/prefix */
  LINEAGE_PATH: z.string().regex(/^s3:\/\/[^/]+\/[^/]/, 'expected s3://bucket/prefix'),
  LINEAGE_NAMESPACE: z.string().min(1),
});

/** A step must not end late because of its lineage; the client itself waits for minutes. */
const PATIENCE_MS = 10_000;

/** Writes the run's event to the lake; that it cannot be written changes nothing about the run. */
export async function tellOrLog(props: Omit<RunEventProps, 'namespace'>): Promise<void> {
  try {
    const { LINEAGE_PATH: path, LINEAGE_NAMESPACE: namespace } = Settings.parse(process.env);
    await write(placeOf(path, props), runEvent({ ...props, namespace }, new Date()));
  } catch (error) {
    logger.error('the lineage event could not be written', {
      run: props.run.runId,
      eventType: props.eventType,
      error: String(error),
    });
  }
}

/** A step that is tried again tells again: the random part keeps the events of every attempt. */
function placeOf(path: string, { run, step = 'run', eventType }: Omit<RunEventProps, 'namespace'>): string {
  const name = `${step}-${eventType}-${randomBytes(4).toString('hex')}.jsonl`;
  return [path.replace(/\/+$/, ''), run.dataset, run.ingestionDate, run.runId, name].join('/');
}

async function write(place: string, event: object): Promise<void> {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(place) ?? [];
  const request = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: `${JSON.stringify(event)}\n`,
    ContentType: 'application/x-ndjson',
  });
  await s3.send(request, { abortSignal: AbortSignal.timeout(PATIENCE_MS) });
}
