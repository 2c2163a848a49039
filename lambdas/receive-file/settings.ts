import { z } from 'zod';

const Route = z.object({
  dataset: z.string(),
  filePattern: z.string(),
  dateFormat: z.string().optional(),
  contractVersion: z.string(),
});
/** Which file names belong to which dataset. */
export type Route = z.infer<typeof Route>;

const Settings = z
  .object({
    ROUTES: z.string().transform((text) => z.array(Route).parse(JSON.parse(text))),
    /** With the dataset's name after it, the ARN of the dataset's machine. */
    STATE_MACHINE_PREFIX: z.string().min(1),
    QUARANTINE_BUCKET: z.string().min(1),
    FAILURE_TOPIC_ARN: z.string().min(1),
    SUCCESS_TOPIC_ARN: z.string().min(1),
  })
  .transform((variables) => ({
    routes: variables.ROUTES,
    stateMachinePrefix: variables.STATE_MACHINE_PREFIX,
    quarantineBucket: variables.QUARANTINE_BUCKET,
    failureTopic: variables.FAILURE_TOPIC_ARN,
    successTopic: variables.SUCCESS_TOPIC_ARN,
  }));
export type Settings = z.infer<typeof Settings>;

/** The function's environment; read at each call, so that a wrong one is an error with a name and not a failed start. */
export function settings(): Settings {
  return Settings.parse(process.env);
}
