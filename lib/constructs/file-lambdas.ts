import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allowKey, allowRead, allowRemove, allowWrite } from './access';
import { AssayFunction } from './assay-function';
import { allowLineage, lineageVariables } from './lineage';

export interface FileLambdasProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
}

/** The steps that handle the file itself: look into it, keep it, put it away. */
export class FileLambdas extends Construct {
  readonly validateFile: Function;
  readonly storeBronze: Function;
  readonly archiveFile: Function;

  constructor(scope: Construct, id: string, props: FileLambdasProps) {
    super(scope, id);
    this.validateFile = this.createValidateFile(props);
    this.storeBronze = this.createStoreBronze(props);
    this.archiveFile = this.createArchiveFile(props);
    const { inbox, archive, quarantine } = props.lake.buckets;
    for (const step of [this.validateFile, this.storeBronze, this.archiveFile]) {
      allowRead(step, inbox);
      // Of a replay the file is in the archive, of a release in quarantine.
      allowRead(step, archive);
      allowRead(step, props.lake.transactionsArchive);
      allowRead(step, quarantine, 'releases/');
      allowKey(step, props.lake.key);
    }
  }

  private createValidateFile({ stage, lake }: FileLambdasProps): Function {
    const { function: validateFile } = new AssayFunction(this, 'ValidateFile', {
      stage,
      step: 'validate-file',
      description: 'is it what the contract says, as far as its first bytes tell?',
      // Reads the head of a file, whatever its size.
      memorySize: 256,
      timeout: Duration.minutes(1),
      environment: lineageVariables({ stage, lake }),
    });
    allowLineage(validateFile, lake);
    return validateFile;
  }

  private createStoreBronze({ stage, lake }: FileLambdasProps): Function {
    const { function: storeBronze } = new AssayFunction(this, 'StoreBronze', {
      stage,
      step: 'store-bronze',
      description: 'the original, byte for byte, into bronze',
      memorySize: 512,
      timeout: Duration.minutes(15),
      environment: { BRONZE_BUCKET: lake.buckets.bronze.bucketName },
    });
    allowWrite(storeBronze, lake.buckets.bronze);
    return storeBronze;
  }

  private createArchiveFile({ stage, lake }: FileLambdasProps): Function {
    const { function: archiveFile } = new AssayFunction(this, 'ArchiveFile', {
      stage,
      step: 'archive-file',
      description: 'from the inbox into the archive, removed once the copy is verified',
      memorySize: 512,
      timeout: Duration.minutes(15),
      environment: { ARCHIVE_BUCKET: lake.buckets.archive.bucketName },
    });
    allowRemove(archiveFile, lake.buckets.inbox);
    allowRemove(archiveFile, lake.buckets.quarantine, 'releases/');
    allowRead(archiveFile, lake.buckets.bronze);
    allowWrite(archiveFile, lake.buckets.archive);
    return archiveFile;
  }
}
