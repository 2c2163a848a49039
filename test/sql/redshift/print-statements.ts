import { loadContracts } from '../../../contracts/catalog';
import { loadedSql, loadStatements, warehouseDdl } from '../../../contracts/redshift-sql';

/** Prints every statement that is made of a contract for the warehouse, as JSON. */
const runId = 'a'.repeat(64);
const statements = loadContracts('contracts')
  .filter(({ targets }) => targets.includes('redshift'))
  .flatMap((contract) => [
    ...warehouseDdl(contract),
    ...loadStatements({ ...contract, runId, path: 's3://b/c/' }),
    loadedSql(runId),
  ]);
process.stdout.write(JSON.stringify(statements));
