"""The AWS emulator (ministack, pinned) with what it lacks: Glue runs and Athena queries on a real Spark, Lambda error names."""
