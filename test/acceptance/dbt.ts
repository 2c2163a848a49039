import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

function folderOf(laptop: string): string {
  return fileURLToPath(new URL(`../../.assay/${laptop}`, import.meta.url));
}

/** dbt as an operator calls it; its exit code. */
export async function dbt(laptop: string, ...args: string[]): Promise<number> {
  const { snowflake: port } = JSON.parse(readFileSync(join(folderOf(laptop), 'ports.json'), 'utf8')) as { snowflake: number };
  const { transformer } = JSON.parse(readFileSync(join(folderOf(laptop), 'snowflake-keys.json'), 'utf8')) as {
    transformer: { privateKey: string };
  };
  const ask = async (method: string, route: string, body?: object) => {
    const headers = { Authorization: `Bearer ${readFileSync(join(folderOf(laptop), 'snowflake-token'), 'utf8')}` };
    const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
    return (await (await fetch(`http://127.0.0.1:${port}${route}`, init)).json()) as { run: string; exitCode: number | null };
  };
  const environment = {
    SNOWFLAKE_ACCOUNT: 'LAPTOP',
    SNOWFLAKE_USER: 'ASSAY_TRANSFORMER_USER',
    SNOWFLAKE_PRIVATE_KEY: transformer.privateKey,
  };
  const { run } = await ask('POST', '/dbt', { args, environment });
  for (;;) {
    const { exitCode } = await ask('GET', `/dbt/${run}`);
    if (exitCode !== null) return exitCode;
    await sleep(200);
  }
}

/** model → rows that the last run of dbt wrote. */
export function rowsWritten(laptop: string): Record<string, number> {
  const { results } = JSON.parse(readFileSync(join(folderOf(laptop), 'dbt', 'target', 'run_results.json'), 'utf8')) as {
    results: { unique_id: string; adapter_response: { rows_affected?: number } }[];
  };
  const models = results.filter(({ unique_id }) => unique_id.startsWith('model.'));
  return Object.fromEntries(
    models.map(({ unique_id, adapter_response }) => [unique_id.split('.').at(-1) ?? '', adapter_response.rows_affected ?? 0]),
  );
}
