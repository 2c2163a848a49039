import { z } from 'zod';
import { DayNotOver } from '../../contracts/errors';

const DAY_MS = 86_400_000;

/** What the function is called with: by its schedule the time of that, on demand a day, which is one of UTC. */
export const GenerateRequest = z.union([z.object({ scheduledAt: z.iso.datetime() }), z.object({ day: z.iso.date() })]);
export type GenerateRequest = z.infer<typeof GenerateRequest>;

/** The day that is to be made: on schedule the one before. Raises DayNotOver. */
export function dayOf(request: GenerateRequest, now: Date): string {
  if ('scheduledAt' in request) return dateOf(Date.parse(request.scheduledAt) - DAY_MS);
  const last = dateOf(now.getTime() - DAY_MS);
  if (request.day <= last) return request.day;
  throw new DayNotOver(`${request.day} is not over yet in UTC: ask for ${last} or a day before it`);
}

function dateOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}
