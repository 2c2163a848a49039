import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { JsonPath } from 'aws-cdk-lib/aws-stepfunctions';

/** What every Glue run is told about its file: fields of the run document, and where the job document lies. */
export function runArguments(jobDocument: Asset): Record<string, string> {
  const run = (field: string): string => JsonPath.stringAt(`$.${field}`);
  return {
    '--run_id': run('runId'),
    '--dataset': run('dataset'),
    '--outcome': run('outcome'),
    '--source_key': run('source.key'),
    '--source_version': run('source.versionId'),
    '--source_modified_at': run('source.modifiedAt'),
    '--bronze_path': run('bronze.path'),
    '--format': run('format'),
    '--bronze_version': run('bronze.versionId'),
    '--ingestion_date': run('ingestionDate'),
    '--year': run('year'),
    '--month': run('month'),
    '--day': run('day'),
    '--job_document': jobDocument.s3ObjectUrl,
  };
}
