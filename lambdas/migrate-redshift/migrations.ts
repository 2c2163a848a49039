import schemas from '../../sql/redshift/01_schemas.sql';
import loadLedger from '../../sql/redshift/02_load_ledger.sql';
import grants from '../../sql/redshift/03_grants.sql';

interface Migration {
  readonly file: string;
  readonly sql: string;
}

/** sql/redshift/NN_*.sql in their order; a test compares the list with the folder. The tables of datasets come after the first. */
export const MIGRATIONS: readonly [Migration, ...Migration[]] = [
  { file: 'sql/redshift/01_schemas.sql', sql: schemas },
  { file: 'sql/redshift/02_load_ledger.sql', sql: loadLedger },
  { file: 'sql/redshift/03_grants.sql', sql: grants },
];

/** What 03_grants.sql grants to; an IAM role has one of them by its tag RedshiftDbRoles. */
export const ROLES = ['assay_loader', 'assay_reader'] as const;
