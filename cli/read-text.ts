import { readFileSync } from 'node:fs';
import { causeOf, UserError } from './failure';

/** A file that the user names. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${causeOf(error)}`);
  }
}
