import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';

/** A document that the app makes, as a JSON beside the scripts of the jobs. */
export function jsonAsset(scope: Construct, name: string, document: object): Asset {
  const folder = mkdtempSync(join(tmpdir(), 'assay-document-'));
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify(document));
  // Copies the file into the cloud assembly here and now.
  const asset = new Asset(scope, 'Asset', { path });
  rmSync(folder, { recursive: true });
  return asset;
}
