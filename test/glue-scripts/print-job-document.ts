import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { loadContracts } from '../../contracts/catalog';
import { jobDocument } from '../../contracts/job-document';

/** Prints the job document of the dataset named, as the app renders it for the Glue jobs; contracts and SQL of this project, or of the folder named. */
const [, , dataset, folder] = process.argv;
const root = folder === undefined ? new URL('../../', import.meta.url) : pathToFileURL(`${folder}/`);
const contract = loadContracts(fileURLToPath(new URL('contracts', root))).find((each) => each.dataset === dataset);
if (contract === undefined) throw new Error(`no contract ${dataset}`);
const sql = contract.models.map(({ name }) => [name, readFileSync(new URL(`sql/gold/${name}.sql`, root), 'utf8')] as const);
process.stdout.write(JSON.stringify(jobDocument(contract, Object.fromEntries(sql))));
