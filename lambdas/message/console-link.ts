const CONSOLES: Readonly<Record<string, string>> = {
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** The page of an execution in the AWS console. */
export function consoleLink(executionArn: string): string {
  const [, partition = 'aws', , region = ''] = executionArn.split(':');
  return `${consoleOf(partition, region)}/states/home?region=${region}#/v2/executions/details/${executionArn}`;
}

/** The page of a Glue run. */
export function jobLink(region: string, jobName: string, jobRunId: string): string {
  const partition = region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
  return `${consoleOf(partition, region)}/gluestudio/home?region=${region}#/job/${encodeURIComponent(jobName)}/run/${jobRunId}`;
}

function consoleOf(partition: string, region: string): string {
  return `https://${region}.${CONSOLES[partition] ?? 'console.aws.amazon.com'}`;
}
