import { loadContracts } from '../../../contracts/catalog';
import { loadStatements, warehouseDdl } from '../../../contracts/redshift-sql';
import { splitStatements } from '../../../lambdas/redshift/split-statements';
import { CHECKS } from '../../../lambdas/warehouse/checks';
import { dependencyOrder, reads } from '../../../lambdas/warehouse/dependency-order';
import { MIGRATIONS, SCHEMAS } from '../../../lambdas/warehouse/migrations';
import { MODELS } from '../../../lambdas/warehouse/models';
import { procedureDdl, PROCEDURES } from '../../../lambdas/warehouse/procedures';
import { refreshStatements } from '../../../lambdas/warehouse/refresh-statements';

/** Prints, as JSON, what creates the warehouse, loads a dataset and refreshes it, and which models read which. */
const datasets = loadContracts('contracts').filter(({ targets }) => targets.includes('redshift'));
const tables = MIGRATIONS.filter((each) => each !== SCHEMAS).flatMap(({ sql }) => splitStatements(sql));
const isGrant = (sql: string): boolean => sql.startsWith('grant');
process.stdout.write(
  JSON.stringify({
    create: [
      ...splitStatements(SCHEMAS.sql),
      ...datasets.flatMap(warehouseDdl),
      ...tables.filter((sql) => !isGrant(sql)),
      ...PROCEDURES.map(procedureDdl),
    ],
    loads: Object.fromEntries(
      datasets.map((contract) => [contract.dataset, loadStatements({ ...contract, runId: 'THIS', path: 's3://b/c/' })]),
    ),
    keys: Object.fromEntries(datasets.map(({ dataset, primaryKey }) => [dataset, primaryKey])),
    refresh: refreshStatements({ refreshId: 'THIS', isFull: false }),
    full: refreshStatements({ refreshId: 'THIS', isFull: true }),
    order: dependencyOrder(MODELS).map(({ name }) => name),
    reads: Object.fromEntries(
      MODELS.map((model) => [
        model.name,
        MODELS.filter((other) => other !== model && reads(model, other)).map(({ name }) => name),
      ]),
    ),
    checks: Object.fromEntries(CHECKS.map(({ name, sql }) => [name, sql])),
    models: Object.fromEntries(MODELS.map(({ schema, name, sql }) => [name, { table: `${schema}.${name}`, sql }])),
  }),
);
