import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract';
import { jobDocument } from '../../contracts/job-document';
import { projectRoot } from '../project-root';

export interface JobDocumentProps {
  readonly contract: Contract;
}

/** What the Glue jobs know of a dataset: its contract, and the SQL of its models, as one JSON beside the scripts. */
export class JobDocument extends Construct {
  readonly asset: Asset;

  constructor(scope: Construct, id: string, { contract }: JobDocumentProps) {
    super(scope, id);
    const folder = mkdtempSync(join(tmpdir(), 'assay-job-document-'));
    const path = join(folder, `${contract.dataset}.json`);
    writeFileSync(path, JSON.stringify(jobDocument(contract, goldSql(contract))));
    // Copies the file into the cloud assembly here and now.
    this.asset = new Asset(this, 'Asset', { path });
    rmSync(folder, { recursive: true });
  }
}

function goldSql({ models }: Contract): Record<string, string> {
  return Object.fromEntries(
    models.map(({ name }) => [name, readFileSync(join(projectRoot, 'sql', 'gold', `${name}.sql`), 'utf8')]),
  );
}
