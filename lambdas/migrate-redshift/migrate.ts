import { randomUUID } from 'node:crypto';
import { QueryFailed } from '../../contracts/errors';
import { runBatch } from '../redshift/run-batch';
import { splitStatements } from '../redshift/split-statements';
import { MIGRATIONS, ROLES } from './migrations';

/** Data API's limit. */
const MOST_STATEMENTS = 40;

/** Applies sql/redshift and the datasets' own statements. All can be applied again and again, so none is remembered. */
export async function migrate(ofDatasets: readonly string[]): Promise<void> {
  for (const role of ROLES) await createRole(role);
  const [schemas, ...others] = MIGRATIONS;
  await apply(schemas.file, splitStatements(schemas.sql));
  for (let place = 0; place < ofDatasets.length; place += MOST_STATEMENTS)
    await apply('the contracts', ofDatasets.slice(place, place + MOST_STATEMENTS));
  for (const { file, sql } of others) await apply(file, splitStatements(sql));
}

/** Redshift has no `create role if not exists`. */
async function createRole(role: string): Promise<void> {
  try {
    await runBatch([`create role ${role}`], randomUUID());
  } catch (error) {
    if (!(error instanceof QueryFailed && error.message.includes('already exists'))) throw error;
  }
}

async function apply(file: string, statements: readonly string[]): Promise<void> {
  try {
    await runBatch(statements, randomUUID());
  } catch (error) {
    if (error instanceof Error) error.message = `${file}: ${error.message}`;
    throw error;
  }
}
