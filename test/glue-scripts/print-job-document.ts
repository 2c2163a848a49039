import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadContracts } from '../../contracts/catalog';
import { jobDocument } from '../../contracts/job-document';

/** Prints the job document of the dataset named, as the app renders it for the Glue jobs. */
const root = new URL('../../', import.meta.url);
const contract = loadContracts(fileURLToPath(new URL('contracts', root))).find(({ dataset }) => dataset === process.argv[2]);
if (contract === undefined) throw new Error(`no contract ${process.argv[2]}`);
const sql = contract.models.map(({ name }) => [name, readFileSync(new URL(`sql/gold/${name}.sql`, root), 'utf8')] as const);
process.stdout.write(JSON.stringify(jobDocument(contract, Object.fromEntries(sql))));
