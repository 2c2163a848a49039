import { expect, it } from 'vitest';
import { resourcesOf, stageNames } from '../support/templates';

/** The functions that send messages about runs that are over. */
const senders = ['report-success', 'report-failure', 'report-refresh-failure', 'sweep-inbox'];

it.each(stageNames)('in %s every sender has an alarm on the metric that it writes, by its own name', (stage) => {
  const alarms = Object.values(resourcesOf(stage, 'AWS::CloudWatch::Alarm'))
    .map(({ Properties = {} }) => Properties)
    .filter(({ MetricName }) => MetricName === 'PublishFailed');
  const named = alarms.map(({ AlarmName, Namespace, Dimensions, Statistic, Threshold }) => {
    return { AlarmName, Namespace, Dimensions, Statistic, Threshold };
  });
  expect(named).toEqual(
    senders.map((step) => ({
      AlarmName: `assay-${stage}-${step}-publish-failed`,
      Namespace: 'Assay',
      Dimensions: [{ Name: 'service', Value: step }],
      Statistic: 'Sum',
      Threshold: 1,
    })),
  );
  const functions = Object.values(resourcesOf(stage, 'AWS::Lambda::Function')).map(({ Properties = {} }) => Properties);
  for (const step of senders) {
    const sender = functions.find(({ FunctionName }) => FunctionName === `assay-${stage}-${step}`);
    expect(sender?.['Environment']).toMatchObject({ Variables: { POWERTOOLS_SERVICE_NAME: step } });
  }
});
