import { z } from 'zod';
import { firstLine } from '../output/lines';

/** What Lambda answers for a function that threw. */
const LambdaError = z.object({ errorType: z.string().optional(), errorMessage: z.string() });

/** What the error says: `answer` is Lambda's, parsed. */
export function lambdaErrorMessage(answer: unknown): string {
  return firstLine(LambdaError.parse(answer).errorMessage);
}

/** A cause as Step Functions passes it on: of a function Lambda's answer as text, of anything else words. */
export function causeText(cause: string): string {
  const text = isLambdaError(cause) ? lambdaErrorMessage(JSON.parse(cause)) : firstLine(cause);
  return text === '' ? 'no cause was given' : text;
}

function isLambdaError(cause: string): boolean {
  try {
    return LambdaError.safeParse(JSON.parse(cause)).success;
  } catch {
    return false;
  }
}
