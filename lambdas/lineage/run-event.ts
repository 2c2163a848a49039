import type { KeptVersion, ReceivedRun } from '../../contracts/run';
import type { RunError } from '../ledger/items';
import { runUuid } from './run-uuid';

/** As OpenLineage names it: https://openlineage.io/docs/spec/naming. */
export interface Dataset {
  readonly namespace: string;
  readonly name: string;
  /** The store's own. */
  readonly version?: string;
}

export interface RunEventProps {
  readonly eventType: 'START' | 'COMPLETE' | 'FAIL';
  /** Of the jobs, one a stage. */
  readonly namespace: string;
  readonly run: Pick<ReceivedRun, 'runId' | 'dataset' | 'outcome' | 'source' | 'ingestionDate' | keyof KeptVersion>;
  /** A step of the run, told as a job of its own. @default the run as a whole, whose job has the dataset's name */
  readonly step?: string | undefined;
  /** Why it failed. The cause is told as it is: it must be masked. */
  readonly error?: RunError | undefined;
  /** @default the file that the run was started with for the run as a whole, nothing for a step */
  readonly inputs?: readonly Dataset[];
  /** @default nothing */
  readonly outputs?: readonly Dataset[];
}

/** The project has no public address yet; a URI is what the specification asks for. */
const PRODUCER = 'urn:assay:lambdas';
const SPECIFICATION = 'https://openlineage.io/spec';

interface Facet {
  readonly _producer: string;
  readonly _schemaURL: string;
}

/** A run event of OpenLineage 2-0-2. The Glue steps tell of themselves: `glue-scripts/assay_glue/lineage.py`. */
export function runEvent(props: RunEventProps, now: Date): object {
  const { eventType, namespace, run, step } = props;
  const inputs = props.inputs ?? (step === undefined ? [s3Object(run)] : []);
  return {
    eventType,
    eventTime: now.toISOString(),
    producer: PRODUCER,
    schemaURL: `${SPECIFICATION}/2-0-2/OpenLineage.json#/$defs/RunEvent`,
    run: { runId: runUuid(run.runId, step), facets: runFacets(props) },
    job: {
      namespace,
      name: step === undefined ? run.dataset : `${run.dataset}.${step}`,
      facets: {
        jobType: facet('2-0-4/JobTypeJobFacet', {
          processingType: 'BATCH',
          integration: 'AWS_STEP_FUNCTIONS',
          jobType: step === undefined ? 'DAG' : 'TASK',
        }),
      },
    },
    inputs: inputs.map(described),
    outputs: (props.outputs ?? []).map(described),
  };
}

export function s3Object({ bucket, key, versionId }: KeptVersion): Dataset {
  return { namespace: `s3://${bucket}`, name: key, version: versionId };
}

function runFacets({ namespace, run, step, error }: RunEventProps): Record<string, Facet> {
  const parent = { run: { runId: runUuid(run.runId) }, job: { namespace, name: run.dataset } };
  const told = {
    run_id: run.runId,
    outcome: run.outcome,
    source_key: run.source.key,
    source_version: run.source.versionId,
    ingestion_date: run.ingestionDate,
  };
  const parameters = Object.entries(told).map(([key, value]) => ({ key, value }));
  return {
    ...(step !== undefined && { parent: facet('1-2-0/ParentRunFacet', { ...parent, root: parent }) }),
    executionParameters: facet('1-0-0/ExecutionParametersRunFacet', { parameters }),
    nominalTime: facet('1-0-1/NominalTimeRunFacet', { nominalStartTime: `${run.ingestionDate}T00:00:00Z` }),
    ...(error && {
      errorMessage: facet('1-0-1/ErrorMessageRunFacet', {
        message: `${error.step}: ${error.name}: ${error.cause}`,
        // The schema asks for one; of a Glue step it is not what the step is written in.
        programmingLanguage: 'TYPESCRIPT',
      }),
    }),
  };
}

function described({ namespace, name, version }: Dataset): object {
  const facets =
    version === undefined ? {} : { version: facet('1-0-1/DatasetVersionDatasetFacet', { datasetVersion: version }) };
  return { namespace, name, facets };
}

/** `path` is version and name of a published facet. */
function facet<Fields extends object>(path: string, fields: Fields): Facet & Fields {
  const name = path.slice(path.indexOf('/') + 1);
  return { _producer: PRODUCER, _schemaURL: `${SPECIFICATION}/facets/${path}.json#/$defs/${name}`, ...fields };
}
