import { z } from 'zod';
import { SuccessReport, type KeptVersion, type LoadedRun } from '../../contracts/run';
import { withFailureNames } from '../failure/with-failure-names';
import { s3Object } from '../lineage/run-event';
import { tellOrLog } from '../lineage/tell-or-log';
import { publishOrLog } from '../message/publish-or-log';
import { successMessage } from '../message/run-messages';
import { recordScores } from '../message/score-metrics';
import { moveReleased } from './move-released';
import { recordSuccess } from './record-success';
import { removeCopies } from './remove-copies';

const Settings = z.object({ SUCCESS_TOPIC_ARN: z.string().min(1) });

export const handler = withFailureNames(async (event: unknown): Promise<LoadedRun> => {
  const { SUCCESS_TOPIC_ARN: topic } = Settings.parse(process.env);
  const { run, executionArn } = SuccessReport.parse(event);
  const { file, copies } = await recordSuccess(run, executionArn);
  await removeCopies(copies);
  if (file) {
    await moveReleased(file);
    recordScores(file);
    await publishOrLog(topic, successMessage(file, executionArn));
  }
  await tellOrLog({ eventType: 'COMPLETE', run, outputs: keptAs(run).map(s3Object) });
  return run;
});

function keptAs({ bronze, archive }: LoadedRun): KeptVersion[] {
  return archive === undefined ? [bronze] : [bronze, archive];
}
