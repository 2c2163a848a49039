import { loadContracts } from '../../contracts/catalog';
import { extractSources } from '../../contracts/extract-source';
import { flattenDocument } from '../../contracts/flatten-document';

/** Prints what the job that makes files of concessions knows. */
const [source] = extractSources(loadContracts('contracts'));
if (source === undefined) throw new Error('no contract has an extract');
process.stdout.write(JSON.stringify(flattenDocument(source)));
