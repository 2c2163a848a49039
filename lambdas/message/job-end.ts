import { z } from 'zod';

/** The ends of a Glue run that EventBridge tells of. */
export const JobEnd = z.enum(['SUCCEEDED', 'FAILED', 'TIMEOUT', 'STOPPED']);
export type JobEnd = z.infer<typeof JobEnd>;
