import { Logger } from '@aws-lambda-powertools/logger';

/** JSON lines to CloudWatch; the service's name is the step's, from POWERTOOLS_SERVICE_NAME. */
export const logger = new Logger();
