import { readFileSync } from 'node:fs';
import { faultsOf } from './faults';

/** Reads events from stdin, one a line, and prints what is wrong with any of them: for the tests in Python. */
const lines = readFileSync(0, 'utf8')
  .split('\n')
  .filter((line) => line !== '');
if (lines.length === 0) throw new Error('no events on stdin');
process.stdout.write(JSON.stringify(lines.flatMap((line) => faultsOf(JSON.parse(line)))));
