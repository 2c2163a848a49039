import { z } from 'zod';
import type { Failure } from '../../contracts/run';
import type { RunError } from '../ledger/items';
import { mask } from './mask';

/** How a Glue script of ours ends, anywhere in the job's message. */
const SCRIPT_ERROR = /\[(?:Terminal|Transient)\] (\w+): (.*)/s;
const LambdaCause = z.object({ errorType: z.string().optional(), errorMessage: z.string() });

/** The error's name and cause, out of the wrappings of Lambda ({errorType, errorMessage, trace}) and Glue. */
export function reportedError(step: string, failure: Failure): RunError {
  const [, scriptName, scriptCause] = SCRIPT_ERROR.exec(failure.Cause) ?? [];
  if (scriptName !== undefined && scriptCause !== undefined)
    return { step, name: scriptName, cause: mask(firstParagraph(scriptCause)) };
  const lambda = LambdaCause.safeParse(parseJson(failure.Cause));
  const text = lambda.success ? lambda.data.errorMessage : firstParagraph(failure.Cause);
  return { step, name: failure.Error, cause: mask(text === '' ? 'no cause was given' : text) };
}

/** Without the stack trace that follows. */
function firstParagraph(text: string): string {
  return text.trim().split(/\n\s*(?:at |Traceback|\n)/)[0] ?? '';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
