import { LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import type { DrillLaptop } from './laptop';

interface Page {
  readonly events?: readonly { readonly message: string }[];
  readonly nextToken?: string;
}

/** The lines that a function has logged. Asked for by hand: no part of the app reads logs, so it has no client for them. */
export async function logOf({ account }: DrillLaptop, name: string): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const answer = await fetch(account.settings.endpoint ?? '', {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'Logs_20140328.FilterLogEvents',
        authorization: 'AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/logs/aws4_request',
      },
      body: JSON.stringify({ logGroupName: `/aws/lambda/assay-local-${name}`, nextToken }),
    });
    if (!answer.ok) throw new Error(`the log of ${name}: ${await answer.text()}`);
    const page = (await answer.json()) as Page;
    lines.push(...(page.events ?? []).map(({ message }) => message));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return lines;
}

/** The app's functions, by their step. */
export async function functionNames({ account }: DrillLaptop): Promise<string[]> {
  const names: string[] = [];
  for await (const page of paginateListFunctions({ client: new LambdaClient(account.settings) }, {})) {
    names.push(...(page.Functions ?? []).map(({ FunctionName: name = '' }) => name));
  }
  const prefix = 'assay-local-';
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}
