import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json; paths of assets start here, wherever the process was started. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));
