import type { ExtractSource } from './extract-source';

/** What the job that makes files of an extract knows of its source. `glue-scripts/assay_glue/flatten.py` reads it. */
export interface FlattenDocument {
  readonly source: string;
  readonly key: readonly string[];
  readonly changedAt: string;
  /** All that is known of a record; any other key is unknown. */
  readonly paths: readonly string[];
  readonly datasets: readonly {
    readonly dataset: string;
    readonly filePattern: string;
    readonly dateFormat: string;
    readonly rows: string;
    readonly unknownKeys: 'ignored' | 'refused';
    readonly columns: readonly { readonly name: string; readonly path: string }[];
  }[];
}

export function flattenDocument({ source, key, changedAt, paths, contracts }: ExtractSource): FlattenDocument {
  return {
    source,
    key,
    changedAt,
    paths,
    datasets: contracts.map(({ dataset, inbox, extract, columns }) => ({
      dataset,
      filePattern: inbox.filePattern,
      dateFormat: inbox.dateFormat ?? '',
      rows: extract.rows,
      unknownKeys: extract.unknownKeys,
      columns: columns.map(({ name, path = '' }) => ({ name, path })),
    })),
  };
}
