import { z } from 'zod';
import { keptSecret } from '../aws/kept-secret';

/** What an API lets us in with. */
const SourceSecret = z.object({ token: z.string().min(1) });

export const sourceSecret = keptSecret(SourceSecret, '{token}');
