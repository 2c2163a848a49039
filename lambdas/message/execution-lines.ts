import { consoleLink } from './console-link';

/** Where an execution can be looked at; nothing where there was none. */
export function executionLines(executionArn: string | undefined): string[] {
  return executionArn === undefined ? [] : [`Execution: ${executionArn}`, `Console: ${consoleLink(executionArn)}`];
}
