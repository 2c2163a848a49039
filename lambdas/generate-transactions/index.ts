import { z } from 'zod';
import { withFailureNames } from '../failure/with-failure-names';
import { logger } from '../log/logger';
import { fileOfDay } from './day-file';
import { dayOf, GenerateRequest } from './day';
import { writeDay, type WrittenDay } from './write-day';

const Settings = z.object({ INBOX_BUCKET: z.string().min(1) });

export const handler = withFailureNames(async (event: unknown): Promise<WrittenDay> => {
  const { INBOX_BUCKET: inbox } = Settings.parse(process.env);
  const day = dayOf(GenerateRequest.parse(event), new Date());
  const written = await writeDay(inbox, fileOfDay(day));
  logger.info('transactions of a day', { day, ...written });
  return written;
});
