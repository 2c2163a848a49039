import { z } from 'zod';
import { UPSERTS } from './upserts';

const Settings = z.object({
  /** {"dataset": ["model", …]}: the models of a dataset that go to this database. */
  MODELS: z.string().transform((text) => z.record(z.string(), z.array(z.string())).parse(JSON.parse(text))),
});

/** The dataset's models and the SQL that brings their staged rows in. */
export function modelsOf(dataset: string): { readonly model: string; readonly sql: string }[] {
  const { MODELS } = Settings.parse(process.env);
  return (MODELS[dataset] ?? []).map((model) => {
    const sql = UPSERTS[model];
    if (sql === undefined) throw new Error(`no sql/rds/upsert/${model}.sql for a model of ${dataset}`);
    return { model, sql };
  });
}
