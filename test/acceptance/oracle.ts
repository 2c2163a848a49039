import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

interface OracleFile {
  readonly rows: {
    readonly read: number;
    readonly published: number;
    readonly quarantined: number;
    readonly deduplicated: number;
  };
  readonly scores: Readonly<Record<string, { readonly passed: number; readonly total: number }>>;
}

export interface OracleReport {
  /** By file name. */
  readonly files: Readonly<Record<string, OracleFile>>;
  /** Customer, total, first and last day; ordered by customer. */
  readonly customers: readonly (readonly [string, string, string, string])[];
}

/** What test/oracle finds in purchases files, given in the order in which later ones win. */
export function oracleOf(paths: readonly string[]): OracleReport {
  // -E and -s: without PYTHONPATH and the user's packages the product's code is not to be found.
  const words = ['-E', '-s', fromRoot('test/oracle/purchases_oracle.py'), ...paths];
  return JSON.parse(execFileSync(fromRoot('.assay/venv/bin/python'), words, { encoding: 'utf8' })) as OracleReport;
}
