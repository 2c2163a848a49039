import { type Stage, stages } from '../../../lib/stages';

/** The endpoint service of an account of Snowflake's, as system$get_privatelink_config() tells it. */
export const SNOWFLAKE_SERVICE = 'com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0';

/** A stage that reaches Snowflake by PrivateLink; no stage of ours does. */
export const privateLinkStage: Stage = {
  ...stages.dev,
  snowflake: { kind: 'account', privateLinkService: SNOWFLAKE_SERVICE, daily: undefined },
};
