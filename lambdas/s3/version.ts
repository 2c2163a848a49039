/** One version of one object: what is read, copied or deleted is this, never "the newest". */
export interface Version {
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
}

/** A version and what its bytes must be. */
export interface StoredFile extends Version {
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** The version as the parameters of an S3 command. */
export function parametersOf(version: Version): { Bucket: string; Key: string; VersionId: string } {
  return { Bucket: version.bucket, Key: version.key, VersionId: version.versionId };
}

/** The value of CopySource, where the key must come percent-encoded, as nowhere else in the SDK. */
export function copySource({ bucket, key, versionId }: Version): string {
  const path = key.split('/').map(encodeURIComponent).join('/');
  return `${bucket}/${path}?versionId=${encodeURIComponent(versionId)}`;
}
