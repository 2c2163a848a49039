import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import type { ExtractSource } from '../../contracts/extract-source';
import { flattenDocument } from '../../contracts/flatten-document';
import { jsonAsset } from './json-asset';

export interface FlattenDocumentProps {
  readonly source: ExtractSource;
}

/** What the job that makes files of an extract knows of its source. */
export class FlattenDocument extends Construct {
  readonly asset: Asset;

  constructor(scope: Construct, id: string, { source }: FlattenDocumentProps) {
    super(scope, id);
    this.asset = jsonAsset(this, source.source, flattenDocument(source));
  }
}
