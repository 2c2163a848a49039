import { z } from 'zod';
import { DbtFailed } from '../../contracts/errors';
import type { Failure } from '../../contracts/run';
import type { RunError } from '../ledger/items';
import { mask } from './mask';

/** How a Glue script of ours ends, anywhere in the job's message. */
const SCRIPT_ERROR = /\[(?:Terminal|Transient)\] (\w+): (.*)/s;
const LambdaCause = z.object({ errorType: z.string().optional(), errorMessage: z.string() });

/** A task of ECS that ended, as Step Functions gives it: the whole description. */
const TaskCause = z.object({
  TaskArn: z.string(),
  StoppedReason: z.string().default('no reason was given'),
  Containers: z.array(z.object({ Name: z.string(), ExitCode: z.number().optional() })).min(1),
});

/** The error's name and cause, out of the wrappings of Lambda ({errorType, errorMessage, trace}), Glue and ECS. */
export function reportedError(step: string, failure: Failure): RunError {
  const [, scriptName, scriptCause] = SCRIPT_ERROR.exec(failure.Cause) ?? [];
  if (scriptName !== undefined && scriptCause !== undefined)
    return { step, name: scriptName, cause: mask(firstParagraph(scriptCause)) };
  const cause = parseJson(failure.Cause);
  const task = TaskCause.safeParse(cause);
  if (task.success) return { step, name: DbtFailed.name, cause: taskCause(task.data) };
  const lambda = LambdaCause.safeParse(cause);
  const text = lambda.success ? lambda.data.errorMessage : firstParagraph(failure.Cause);
  return { step, name: failure.Error, cause: mask(text === '' ? 'no cause was given' : text) };
}

function taskCause(task: z.infer<typeof TaskCause>): string {
  const [container] = task.Containers;
  const name = container?.Name ?? 'the container';
  if (container?.ExitCode === undefined) return `the task of ${name} did not start: ${task.StoppedReason}`;
  return `${name} ended with exit code ${container.ExitCode}; its log says why: the stream ${streamOf(task)} of the log group of ${name}`;
}

/** The stream of its container's log, of a failure that is an ECS task's which ended by itself. */
export function taskLogStream({ Cause }: Failure): string | undefined {
  const task = TaskCause.safeParse(parseJson(Cause)).data;
  return task?.Containers[0]?.ExitCode === undefined ? undefined : streamOf(task);
}

/** As ECS names it: the prefix of the log, which is the container's name, the container, the task. */
function streamOf({ TaskArn, Containers: [container] }: z.infer<typeof TaskCause>): string {
  return `${container?.Name}/${container?.Name}/${TaskArn.split('/').at(-1) ?? ''}`;
}

/** Without the stack trace that follows, but with what all began with. */
function firstParagraph(text: string): string {
  const first = text.trim().split(/\n\s*(?:at |Traceback|\n)/)[0] ?? '';
  const root = rootOf(text);
  return root === undefined || first.includes(root) ? first : `${first}; caused by ${root}`;
}

/** The last exception that a JVM's stack trace names, with Spark's name of the condition; no more, as its words may quote a row. */
function rootOf(text: string): string | undefined {
  const [, name, condition] = [...text.matchAll(/^Caused by: (?:[\w$]+\.)*([\w$]+)(?:: (\[[A-Z_0-9.]+\]))?/gm)].at(-1) ?? [];
  return name === undefined ? undefined : [name, condition].filter(Boolean).join(' ');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
