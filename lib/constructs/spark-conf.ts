const catalog = 'spark.sql.catalog.lake';

/** Iceberg over the Glue catalog as the default catalog, named `lake`; days are days in UTC. */
const settings: Readonly<Record<string, string>> = {
  'spark.sql.extensions': 'org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions',
  [catalog]: 'org.apache.iceberg.spark.SparkCatalog',
  [`${catalog}.catalog-impl`]: 'org.apache.iceberg.aws.glue.GlueCatalog',
  [`${catalog}.io-impl`]: 'org.apache.iceberg.aws.s3.S3FileIO',
  'spark.sql.defaultCatalog': 'lake',
  'spark.sql.session.timeZone': 'UTC',
};

/** Glue takes one `--conf` only; more settings ride inside its value. */
export function sparkConf(): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(' --conf ');
}
