import { randomUUID } from 'node:crypto';
import { QueryFailed } from '../../contracts/errors';
import { runBatch } from '../redshift/run-batch';
import { splitStatements } from '../redshift/split-statements';
import { GRANTS, MIGRATIONS, ROLES, SCHEMAS } from '../warehouse/migrations';
import { procedureDdl, PROCEDURES } from '../warehouse/procedures';

/** Data API's limit. */
const MOST_STATEMENTS = 40;

/**
 * Applies sql/redshift, the datasets' own statements and the procedures of a refresh. All can be applied again and again,
 * so none is remembered.
 */
export async function migrate(ofDatasets: readonly string[]): Promise<void> {
  for (const role of ROLES) await createRole(role);
  await apply(SCHEMAS.file, splitStatements(SCHEMAS.sql));
  await apply('the contracts', ofDatasets);
  for (const { file, sql } of MIGRATIONS)
    if (file !== SCHEMAS.file && file !== GRANTS.file) await apply(file, splitStatements(sql));
  await apply('the procedures of a refresh', PROCEDURES.map(procedureDdl));
  await apply(GRANTS.file, splitStatements(GRANTS.sql));
}

/** Redshift has no `create role if not exists`. */
async function createRole(role: string): Promise<void> {
  try {
    await runBatch([`create role ${role}`], randomUUID());
  } catch (error) {
    if (!(error instanceof QueryFailed && error.message.includes('already exists'))) throw error;
  }
}

async function apply(what: string, statements: readonly string[]): Promise<void> {
  for (let place = 0; place < statements.length; place += MOST_STATEMENTS) {
    try {
      await runBatch(statements.slice(place, place + MOST_STATEMENTS), randomUUID());
    } catch (error) {
      if (error instanceof Error) error.message = `${what}: ${error.message}`;
      throw error;
    }
  }
}
