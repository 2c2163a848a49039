import type { ValidatedRun } from '../../contracts/run';

/** What is known of a file once its beginning was looked at. */
export type Inspected = Pick<ValidatedRun, 'header' | 'headerLines'>;
