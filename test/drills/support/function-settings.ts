import { setTimeout as sleep } from 'node:timers/promises';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import type { DrillLaptop } from './laptop';

/** What the function answers. */
export async function invoke({ account }: DrillLaptop, name: string, event: object): Promise<unknown> {
  const command = new InvokeCommand({ FunctionName: `assay-local-${name}`, Payload: JSON.stringify(event) });
  const { FunctionError: failed, Payload: payload } = await new LambdaClient(account.settings).send(command);
  const answer = payload?.transformToString() ?? 'null';
  if (failed !== undefined) throw new Error(`${name} ended with ${failed}: ${answer}`);
  return JSON.parse(answer);
}

/** Lets the work be done with other environment variables of a function, and gives it its own back. */
export async function withVariables<Result>(
  { account }: DrillLaptop,
  name: string,
  others: Readonly<Record<string, string>>,
  work: (own: Readonly<Record<string, string>>) => Promise<Result>,
): Promise<Result> {
  const lambda = new LambdaClient(account.settings);
  const FunctionName = `assay-local-${name}`;
  const { Environment: environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const own = environment?.Variables ?? {};
  const set = async (Variables: Record<string, string>) => {
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    // Its processes are replaced by the next call.
    await sleep(200);
  };
  await set({ ...own, ...others });
  try {
    return await work(own);
  } finally {
    await set(own);
  }
}
