import { z } from 'zod';

const Settings = z
  .object({
    INBOX_BUCKET: z.string().min(1),
    INBOX_QUEUE_URL: z.string().min(1),
    FAILURE_TOPIC_ARN: z.string().min(1),
    /** With 'unmatched' among them. */
    DATASETS: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
    /** Whose files leave the inbox upon an event, and whom to ask for it when that did not come. */
    ARCHIVED_BY_EVENT: z.string().transform((text) => z.array(z.string()).parse(JSON.parse(text))),
    ARCHIVE_QUEUE_URL: z.string().min(1),
    /** Events take seconds; what lies there for so long was not announced. */
    TAKE_AFTER_MINUTES: z.coerce.number().positive(),
    ALERT_AFTER_HOURS: z.coerce.number().positive(),
  })
  .transform((variables) => ({
    inbox: variables.INBOX_BUCKET,
    queueUrl: variables.INBOX_QUEUE_URL,
    failureTopic: variables.FAILURE_TOPIC_ARN,
    datasets: variables.DATASETS,
    archivedByEvent: variables.ARCHIVED_BY_EVENT,
    archiveQueueUrl: variables.ARCHIVE_QUEUE_URL,
    takeAfterMs: variables.TAKE_AFTER_MINUTES * 60_000,
    alertAfterMs: variables.ALERT_AFTER_HOURS * 3_600_000,
  }));
export type Settings = z.infer<typeof Settings>;

export function settings(): Settings {
  return Settings.parse(process.env);
}
