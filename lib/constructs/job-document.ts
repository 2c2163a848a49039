import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract';
import { jobDocument } from '../../contracts/job-document';
import { projectRoot } from '../project-root';
import { jsonAsset } from './json-asset';

export interface JobDocumentProps {
  readonly contract: Contract;
}

/** What the Glue jobs know of a dataset: its contract, and the SQL of its models. */
export class JobDocument extends Construct {
  readonly asset: Asset;

  constructor(scope: Construct, id: string, { contract }: JobDocumentProps) {
    super(scope, id);
    this.asset = jsonAsset(this, contract.dataset, jobDocument(contract, goldSql(contract)));
  }
}

function goldSql({ models }: Contract): Record<string, string> {
  return Object.fromEntries(
    models.map(({ name }) => [name, readFileSync(join(projectRoot, 'sql', 'gold', `${name}.sql`), 'utf8')]),
  );
}
