import { z } from 'zod';
import { keptSecret } from '../aws/kept-secret';

export const DatabaseSecret = z.object({
  host: z.string(),
  port: z.coerce.number(),
  username: z.string(),
  password: z.string(),
  dbname: z.string(),
  /** Absent: the server's certificate and name are verified. */
  sslmode: z.enum(['disable', 'verify-full']).default('verify-full'),
});
export type DatabaseSecret = z.infer<typeof DatabaseSecret>;

const readSecret = keptSecret(DatabaseSecret, '{host, port, username, password, dbname, sslmode?}');

/** The secret that the function's environment names. */
export function databaseSecret(options?: { readonly again?: boolean }): Promise<DatabaseSecret> {
  const { DATABASE_SECRET_ARN: arn } = z.object({ DATABASE_SECRET_ARN: z.string().min(1) }).parse(process.env);
  return readSecret(arn, options);
}
