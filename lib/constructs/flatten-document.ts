import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { ExtractSource } from '../../contracts/extract-source';
import { flattenDocument } from '../../contracts/flatten-document';

export interface FlattenDocumentProps {
  readonly source: ExtractSource;
}

/** What the job that makes files of an extract knows of its source: a JSON beside the scripts. */
export class FlattenDocument extends Construct {
  readonly asset: Asset;

  constructor(scope: Construct, id: string, { source }: FlattenDocumentProps) {
    super(scope, id);
    const folder = mkdtempSync(join(tmpdir(), 'assay-flatten-document-'));
    const path = join(folder, `${source.source}.json`);
    writeFileSync(path, JSON.stringify(flattenDocument(source)));
    // Copies the file into the cloud assembly here and now.
    this.asset = new Asset(this, 'Asset', { path });
    rmSync(folder, { recursive: true });
  }
}
