"""What the scripts of the tests begin with, and the settings that a Glue job of ours brings."""

CATALOG = " --conf ".join(
    (
        "spark.sql.catalog.lake=org.apache.iceberg.spark.SparkCatalog",
        "spark.sql.catalog.lake.catalog-impl=org.apache.iceberg.aws.glue.GlueCatalog",
        "spark.sql.catalog.lake.io-impl=org.apache.iceberg.aws.s3.S3FileIO",
        "spark.sql.catalog.lake.warehouse=s3://scripts/warehouse",
        "spark.sql.defaultCatalog=lake",
    )
)
SESSION = "from pyspark.sql import SparkSession\nspark = SparkSession.builder.appName('test').getOrCreate()\n"
