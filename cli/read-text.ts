import { readFileSync } from 'node:fs';
import { causeOf, UserError } from './failure';

/** A file that the user names, without the mark that some editors put before its first character. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${causeOf(error)}`);
  }
}
