import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseContract, type Contract } from '../../contracts/contract';
import { causeOf, UsageError } from '../failure';
import { Consumers } from './consumers';
import type { SourceFile } from './sql-text';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));

/** Two contracts of one dataset, from their files. */
export function readPair(oldFile: string, newFile: string): [older: Contract, newer: Contract] {
  const [older, newer] = [readContract(oldFile), readContract(newFile)];
  if (older.dataset !== newer.dataset)
    throw new UsageError(
      `${oldFile} is the contract of ${older.dataset}, ${newFile} of ${newer.dataset}; expected two of one dataset: ` +
        'with another name it is another dataset',
    );
  return [older, newer];
}

/** This project's SQL and its other contracts, under their paths in the project, and the newer contract itself. */
export function ourConsumers(newFile: string): Consumers {
  return new Consumers([...filesUnder('sql', '.sql'), ...filesUnder('contracts', '.odcs.yaml')], {
    path: newFile,
    text: textOf(newFile),
  });
}

function readContract(file: string): Contract {
  return parseContract(textOf(file), file);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${causeOf(error)}`);
  }
}

function filesUnder(folder: string, extension: string): SourceFile[] {
  const names = readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(PROJECT, folder, name), 'utf8') }));
}
