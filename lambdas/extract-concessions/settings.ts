import { z } from 'zod';
import { sourceSecret } from '../http-source/secret';
import type { HttpSource } from '../http-source/ask';

const Variables = z.object({
  /** Base URL and path. */
  SOURCE_URL: z.url(),
  SOURCE_PAGING: z.enum(['cursor', 'page']),
  SOURCE_PAGE_SIZE: z.coerce.number().int().positive(),
  SOURCE_TIMEOUT_SECONDS: z.coerce.number().positive(),
  SOURCE_BUDGET_SECONDS: z.coerce.number().nonnegative(),
  SOURCE_OVERLAP_SECONDS: z.coerce.number().nonnegative(),
  SOURCE_SECRET_ARN: z.string().min(1),
  BRONZE_BUCKET: z.string().min(1),
});

export interface ExtractSettings extends HttpSource {
  readonly address: string;
  readonly paging: 'cursor' | 'page';
  readonly pageSize: number;
  /** What failed tries and the pauses after them may take in one extract. */
  readonly budgetMs: number;
  /** How far an increment begins before the watermark: what was written by a slow transaction or a slow clock is not missed. */
  readonly overlapMs: number;
  readonly bucket: string;
}

export function extractSettings(): ExtractSettings {
  const variables = Variables.parse(process.env);
  return {
    address: variables.SOURCE_URL,
    paging: variables.SOURCE_PAGING,
    pageSize: variables.SOURCE_PAGE_SIZE,
    timeoutMs: variables.SOURCE_TIMEOUT_SECONDS * 1000,
    budgetMs: variables.SOURCE_BUDGET_SECONDS * 1000,
    overlapMs: variables.SOURCE_OVERLAP_SECONDS * 1000,
    bucket: variables.BRONZE_BUCKET,
    token: async (options) => (await sourceSecret(variables.SOURCE_SECRET_ARN, options)).token,
  };
}
