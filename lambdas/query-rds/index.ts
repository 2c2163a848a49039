import { z } from 'zod';
import { withDatabase } from '../database/connection';
import { withFailureNames } from '../failure/with-failure-names';
import type { QueryResult } from '../query/result';
import { EXACT_TYPES, queryReadOnly } from './read-only';

const Query = z.object({ sql: z.string().trim().min(1) });

export const handler = withFailureNames(async (event: unknown): Promise<QueryResult> => {
  const { sql } = Query.parse(event);
  return withDatabase((client) => queryReadOnly(client, sql), { types: EXACT_TYPES });
});
