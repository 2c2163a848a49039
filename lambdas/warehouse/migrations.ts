import schemas from '../../sql/redshift/01_schemas.sql';
import loadLedger from '../../sql/redshift/02_load_ledger.sql';
import refreshLedger from '../../sql/redshift/03_refresh_ledger.sql';
import dimensions from '../../sql/redshift/04_dimensions.sql';
import placesAndDays from '../../sql/redshift/05_places_and_days.sql';
import facts from '../../sql/redshift/06_facts.sql';
import marts from '../../sql/redshift/07_marts.sql';
import grants from '../../sql/redshift/08_grants.sql';

interface Migration {
  readonly file: string;
  readonly sql: string;
}

export const SCHEMAS: Migration = { file: 'sql/redshift/01_schemas.sql', sql: schemas };
/** After all tables and procedures: it names what is there. */
export const GRANTS: Migration = { file: 'sql/redshift/08_grants.sql', sql: grants };

/** sql/redshift/NN_*.sql in their order; a test compares the list with the folder. The tables of datasets come after the schemas. */
export const MIGRATIONS: readonly Migration[] = [
  SCHEMAS,
  { file: 'sql/redshift/02_load_ledger.sql', sql: loadLedger },
  { file: 'sql/redshift/03_refresh_ledger.sql', sql: refreshLedger },
  { file: 'sql/redshift/04_dimensions.sql', sql: dimensions },
  { file: 'sql/redshift/05_places_and_days.sql', sql: placesAndDays },
  { file: 'sql/redshift/06_facts.sql', sql: facts },
  { file: 'sql/redshift/07_marts.sql', sql: marts },
  GRANTS,
];

/** What 08_grants.sql grants to; an IAM role has one of them by its tag RedshiftDbRoles. */
export const ROLES = ['assay_loader', 'assay_refresher', 'assay_reader'] as const;
