import { CfnParameter, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allowItems, allowKey, allowRead, allowSecret, allowWrite } from './access';
import { AssayFunction } from './assay-function';

export interface ExtractLambdasProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
}

/** Where extracts lie in bronze. */
export const EXTRACTS_PREFIX = '_extracts/';

/** The functions that fetch concessions from their API, and the token that it lets them in with. */
export class ExtractLambdas extends Construct {
  readonly extractConcessions: Function;
  readonly endExtract: Function;

  constructor(scope: Construct, id: string, props: ExtractLambdasProps) {
    super(scope, id);
    this.extractConcessions = this.createExtract(props, this.createToken(props.stage));
    this.endExtract = this.createEnd(props);
  }

  /** Random letters until somebody puts there what the API knows: a token that CloudFormation knew would be in its history. */
  private createToken(stage: Stage): ISecret {
    return new Secret(this, 'Token', {
      secretName: `assay-${stage.name}-concessions`,
      description: 'what the concessions API lets us in with: {token}',
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'token', excludePunctuation: true },
      removalPolicy: RemovalPolicy.DESTROY,
      // The library's own class and interface differ in what may be undefined.
    }) as ISecret;
  }

  private createExtract({ stage, lake }: ExtractLambdasProps, token: ISecret): Function {
    const { concessions } = stage;
    const { function: extract } = new AssayFunction(this, 'ExtractConcessions', {
      stage,
      step: 'extract-concessions',
      description: 'pages of concessions from their API, as they come, until all are there',
      memorySize: 512,
      timeout: Duration.minutes(15),
      environment: {
        SOURCE_URL: (concessions.address ?? this.addressParameter()) + concessions.path,
        SOURCE_PAGING: concessions.paging,
        SOURCE_PAGE_SIZE: String(concessions.pageSize),
        SOURCE_TIMEOUT_SECONDS: String(concessions.requestTimeout.toSeconds()),
        SOURCE_BUDGET_SECONDS: String(concessions.retryBudget.toSeconds()),
        SOURCE_OVERLAP_SECONDS: String(concessions.overlap.toSeconds()),
        SOURCE_SECRET_ARN: token.secretArn,
        BRONZE_BUCKET: lake.buckets.bronze.bucketName,
        LEDGER_TABLE: lake.ledger.table.tableName,
      },
    });
    allowSecret(extract, token);
    allowWrite(extract, lake.buckets.bronze, EXTRACTS_PREFIX);
    allowKey(extract, lake.key);
    allowItems(extract, lake.ledger.table, ['GetItem', 'UpdateItem']);
    return extract;
  }

  private createEnd({ stage, lake }: ExtractLambdasProps): Function {
    const { function: end } = new AssayFunction(this, 'EndExtract', {
      stage,
      step: 'end-extract',
      description: 'the next extract begins where this one ended, and may',
      memorySize: 256,
      timeout: Duration.minutes(1),
      environment: { BRONZE_BUCKET: lake.buckets.bronze.bucketName, LEDGER_TABLE: lake.ledger.table.tableName },
    });
    allowRead(end, lake.buckets.bronze, EXTRACTS_PREFIX);
    allowKey(end, lake.key);
    allowItems(end, lake.ledger.table, ['GetItem', 'UpdateItem']);
    return end;
  }

  private addressParameter(): string {
    return new CfnParameter(Stack.of(this), 'ConcessionsAddress', {
      description: 'where the concessions API is: http://host:port',
      allowedPattern: '^https?://[A-Za-z0-9_.:-]+$',
    }).valueAsString;
  }
}
