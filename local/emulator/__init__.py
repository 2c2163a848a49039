"""The AWS emulator (ministack, pinned) with what it lacks: Glue and Athena on Spark, Redshift on PostgreSQL, error names."""
