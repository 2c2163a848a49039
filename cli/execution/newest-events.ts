import { GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { Failure } from '../../contracts/run';
import { causeText } from '../aws/lambda-error';

/** As a failure travels through the last states of a machine. */
const FailedInput = z.object({ failure: Failure.extend({ step: z.string() }) });

/** What a state failed with. */
export interface StepFailure {
  readonly step: string;
  readonly name: string;
  readonly cause: string;
}

/** An execution's history from its end: that tells all, and whole ones are long. */
export async function* newestFirst(client: SFNClient, executionArn: string): AsyncGenerator<HistoryEvent> {
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new GetExecutionHistoryCommand({
        executionArn,
        maxResults: 50,
        reverseOrder: true,
        includeExecutionData: true,
        nextToken,
      }),
    );
    yield* page.events ?? [];
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
}

/** The failure that a state was entered with, if it was. */
export function failureOf({ stateEnteredEventDetails: entered }: HistoryEvent): StepFailure | undefined {
  const failed = FailedInput.safeParse(JSON.parse(entered?.input ?? 'null')).data?.failure;
  return failed && { step: failed.step, name: failed.Error, cause: causeText(failed.Cause) };
}
