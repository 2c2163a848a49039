import { createHash } from 'node:crypto';

/** The run of a file version: the id users see; also the execution's name, so one version can never start two executions. */
export function runIdOf(bucket: string, key: string, versionId: string): string {
  return createHash('sha256').update(`${bucket}\n${key}\n${versionId}`).digest('hex');
}

/** The id of a replay or a release: the request's own, so that a request delivered twice is one run. */
export function requestedRunIdOf(runId: string, requestId: string): string {
  return createHash('sha256').update(`${runId}\n${requestId}`).digest('hex');
}
