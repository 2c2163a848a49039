import type { Client } from 'pg';

/** All of the work or nothing. An error of `commit` itself leaves the outcome unknown: then only what was written can tell. */
export async function inTransaction<Result>(client: Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
