import { z } from 'zod';

/** Of a dataset whose files are archived upon an event. */
const Archived = z.object({ prefix: z.string().min(1), lastJob: z.string().min(1) });
export type Archived = z.infer<typeof Archived>;

const Settings = z
  .object({
    ARCHIVE_BUCKET: z.string().min(1),
    BRONZE_BUCKET: z.string().min(1),
    QUEUE_URL: z.string().min(1),
    /** By dataset. */
    DATASETS: z.string().transform((text) => z.record(z.string(), Archived).parse(JSON.parse(text))),
  })
  .transform((variables) => ({
    archive: variables.ARCHIVE_BUCKET,
    bronze: variables.BRONZE_BUCKET,
    queueUrl: variables.QUEUE_URL,
    datasets: variables.DATASETS,
  }));
export type Settings = z.infer<typeof Settings>;

export function settings(): Settings {
  return Settings.parse(process.env);
}
