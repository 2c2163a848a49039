/** Between reasons and between a reason's parts, in text; none of them can stand in a text file's cell by accident. */
export const REASON_END = '\u001e';
export const PART_END = '\u001f';
/** Stands for no value. */
export const NOTHING = '\u001d';

/**
 * Reasons as one text: an array of structs has no form that Athena (Trino) and Spark write alike, and these functions are the
 * same in both.
 */
const REASONS = `array_join(transform(reasons, reason -> concat(reason.rule, chr(31),
  coalesce(reason.column, chr(29)), chr(31), coalesce(reason.value, chr(29)))), chr(30))`;

export interface Choice {
  /** A run's id. */
  readonly run?: string | undefined;
  readonly limit: number;
}

export function listSql(dataset: string): string {
  return `select _run_id, _source_key, ingestion_date, count(*) as refused from quarantine.${dataset}
where _released_by is null group by _run_id, _source_key, ingestion_date order by ingestion_date, _source_key, _run_id`;
}

/** The rows of a file version that are refused, whichever run found them, and whether they came back. */
export function refusedSql(dataset: string, key: string, version: string): string {
  return `select _row_number, _raw, _released_by from quarantine.${dataset}
where _source_key = ${text(key)} and _source_version = ${text(version)} order by _row_number`;
}

/** A literal of standard SQL. */
function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function showSql(dataset: string, { run, limit }: Choice): string {
  const where = `where _released_by is null${run === undefined ? '' : ` and _run_id = ${text(run)}`}`;
  return `select _run_id, _source_key, ingestion_date, _row_number, _line_number, _raw, ${REASONS} as reasons
from quarantine.${dataset} ${where}
order by ingestion_date, _source_key, _run_id, _row_number limit ${limit}`;
}
