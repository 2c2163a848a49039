"""ad hoc, not in the repository"""

import time

import bronze_to_silver
import gold_to_rds
import silver_to_gold
from purchases_files import Lake, purchase

from assay_glue.lineage_columns import column_lineage
from assay_glue.lineage_datasets import *


def at(p):
    return file_dataset(p) if "/" in p else table_dataset("cat", p)


def test_real(lake: Lake, spark):
    lake.load("2025-01-01", purchase("1"), purchase("2", "8"))
    src = lake.source("2025-01-01")
    doc = lake.document
    names = [c.name for c in doc.columns]
    f = file_dataset("s3://bronze/k.csv", names)
    path = str(next(lake.folder.glob("*.csv")))
    judged = bronze_to_silver.read_judged(spark, doc, bronze_to_silver.Bronze(path), src)
    frame = src.stamp(judged.where("size(_reasons)=0"), names)
    for _ in range(2):
        t = time.time()
        l = column_lineage(frame, at, f)
        print("judged", time.time() - t, len(frame._jdf.queryExecution().analyzed().toJSON()))
    for k, v in l.columns.items():
        print(k, {x.field: w for x, w in v.items()})
    print("rows", {x.field: w for x, w in l.rows.items()})
    model = doc.models[0]
    keys = spark.read.parquet(silver_to_gold.touched_keys_path(str(lake.folder / "work"), src.run_id, model.name))
    rows = gold_to_rds.staging_rows(spark, doc, model, keys, src.run_id)
    t = time.time()
    l = column_lineage(rows, at)
    print("staging", time.time() - t)
    for k, v in l.columns.items():
        print(k, {x.name.split("/")[-1] + "." + x.field: w for x, w in v.items()})
    print("rows", {x.name.split("/")[-1] + "." + x.field: w for x, w in l.rows.items()})
    print([i.id for i in l.inputs])
    t = time.time()
    l = column_lineage(spark.sql(model.sql), at)
    print("gold", time.time() - t)
    for k, v in l.columns.items():
        print(k, {x.name.split("/")[-1] + "." + x.field: w for x, w in v.items()})
    print("rows", {x.name.split("/")[-1] + "." + x.field: w for x, w in l.rows.items()})
    print([i.id for i in l.inputs])
    import boto3

    for _ in range(2):
        t = time.time()
        boto3.client("s3", region_name="us-east-1")
        print("client", time.time() - t)
