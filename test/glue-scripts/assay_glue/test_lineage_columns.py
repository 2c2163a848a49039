"""Column lineage from the plans that a real Spark makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

from assay_glue.bronze_file import read_rows
from assay_glue.document import JobDocument
from assay_glue.lineage_columns import InputField, Uses, column_lineage
from assay_glue.lineage_datasets import Dataset, file_dataset, table_dataset

CATALOG = "arn:aws:glue:us-east-1:000000000000"
IDENTITY, TRANSFORMATION, AGGREGATION = (("DIRECT", subtype) for subtype in ("IDENTITY", "TRANSFORMATION", "AGGREGATION"))
CONDITIONAL, WINDOW, FILTER, JOIN, GROUP_BY, SORT = (
    ("INDIRECT", subtype) for subtype in ("CONDITIONAL", "WINDOW", "FILTER", "JOIN", "GROUP_BY", "SORT")
)
Told = dict[str, dict[str, set[tuple[str, str]]]]


@pytest.fixture(scope="module", autouse=True)
def tables(spark: SparkSession) -> Iterator[None]:
    spark.sql("create table silver.lineage_sales (id string, shop string, amount decimal(18,2), day date)")
    spark.sql("create table silver.lineage_shops (shop string, city string, opened date)")
    yield
    spark.sql("drop table silver.lineage_sales purge")
    spark.sql("drop table silver.lineage_shops purge")


def dataset_at(place: str) -> Dataset:
    return file_dataset(place) if "/" in place else table_dataset(CATALOG, place)


def short(uses: Uses) -> dict[str, set[tuple[str, str]]]:
    """``sales.id`` for a field of silver.lineage_sales."""
    return {f"{field.name.rpartition('/')[2].removeprefix('lineage_')}.{field.field}": ways for field, ways in uses.items()}


def told(frame: DataFrame, file: Dataset | None = None) -> tuple[Told, dict[str, set[tuple[str, str]]]]:
    lineage = column_lineage(frame, dataset_at, file)
    return {name: short(uses) for name, uses in lineage.columns.items()}, short(lineage.rows)


def test_columns_taken_changed_made_up_and_chosen(spark: SparkSession) -> None:
    frame = spark.sql("""
        select id, shop as store, cast(amount as string) as text, concat(id, shop) as both, 1 as one,
               case when day > '2025-01-01' then amount when shop = 'x' then 0 else null end as recent
        from silver.lineage_sales
    """)
    assert told(frame) == (
        {
            "id": {"sales.id": {IDENTITY}},
            "store": {"sales.shop": {IDENTITY}},
            "text": {"sales.amount": {TRANSFORMATION}},
            "both": {"sales.id": {TRANSFORMATION}, "sales.shop": {TRANSFORMATION}},
            "one": {},
            "recent": {"sales.amount": {TRANSFORMATION}, "sales.day": {CONDITIONAL}, "sales.shop": {CONDITIONAL}},
        },
        {},
    )


def test_filter_join_group_and_order_decide_about_rows(spark: SparkSession) -> None:
    sales = spark.table("silver.lineage_sales").where("day is not null")
    frame = (
        sales.join(spark.table("silver.lineage_shops"), "shop")
        .groupBy("city")
        .agg(F.sum("amount").alias("total"), F.count_if(F.col("id") > 5).alias("large"))
        .orderBy("city")
    )
    assert told(frame) == (
        {"city": {"shops.city": {IDENTITY}}, "total": {"sales.amount": {AGGREGATION}}, "large": {"sales.id": {AGGREGATION}}},
        {"sales.day": {FILTER}, "sales.shop": {JOIN}, "shops.shop": {JOIN}, "shops.city": {GROUP_BY, SORT}},
    )


def test_a_semi_join_brings_no_columns(spark: SparkSession) -> None:
    sales, shops = spark.table("silver.lineage_sales"), spark.table("silver.lineage_shops")
    frame = sales.join(shops, sales["shop"] == shops["shop"], "left_semi")
    columns = {name: {f"sales.{name}": {IDENTITY}} for name in ("id", "shop", "amount", "day")}
    assert told(frame) == (columns, {"sales.shop": {JOIN}, "shops.shop": {JOIN}})


def test_a_window_is_indirect_and_a_union_has_several_sources(spark: SparkSession) -> None:
    frame = spark.sql("""
        select shop, day, sum(amount) over (partition by shop order by day) as so_far from silver.lineage_sales
        union all
        select city, opened, null from silver.lineage_shops
    """)
    assert told(frame)[0] == {
        "shop": {"sales.shop": {IDENTITY}, "shops.city": {IDENTITY}},
        "day": {"sales.day": {IDENTITY}, "shops.opened": {IDENTITY}},
        "so_far": {"sales.amount": {AGGREGATION}, "sales.shop": {WINDOW}, "sales.day": {WINDOW}},
    }


def test_a_field_of_a_struct_is_made_of_that_field_only(spark: SparkSession) -> None:
    frame = spark.sql("""
        with latest as (select shop, max(struct(day, id, amount as paid)) as sale from silver.lineage_sales group by shop)
        select shop, sale.paid, sale from latest
    """)
    assert told(frame)[0] == {
        "shop": {"sales.shop": {IDENTITY}},
        "paid": {"sales.amount": {AGGREGATION}},
        "sale": {"sales.day": {AGGREGATION}, "sales.id": {AGGREGATION}, "sales.amount": {AGGREGATION}},
    }


def test_a_common_table_may_be_used_twice(spark: SparkSession) -> None:
    frame = spark.sql("""
        with daily as (select shop, day, sum(amount) as total from silver.lineage_sales group by shop, day)
        select one.shop, one.total, other.total as before
        from daily as one left join daily as other on one.day = other.day
    """)
    total = {"sales.amount": {AGGREGATION}}
    assert told(frame)[0] == {"shop": {"sales.shop": {IDENTITY}}, "total": total, "before": total}


def test_an_exploded_array_comes_from_what_it_is_made_of(spark: SparkSession) -> None:
    frame = spark.table("silver.lineage_sales").select(F.explode(F.array("id", "shop")).alias("word"))
    assert told(frame)[0] == {"word": {"sales.id": {TRANSFORMATION}, "sales.shop": {TRANSFORMATION}}}


def test_a_view_at_a_snapshot_and_files_are_followed_to_where_they_are(spark: SparkSession, tmp_path: Path) -> None:
    spark.sql("insert into silver.lineage_shops values ('a', 'Perth', null)")
    snapshot = spark.table("silver.lineage_shops.snapshots").first()
    assert snapshot is not None
    old = spark.read.option("snapshot-id", snapshot["snapshot_id"]).table("silver.lineage_shops")
    old.createOrReplaceTempView("shops_then")
    keys = str(tmp_path / "keys")
    old.select("shop").write.parquet(keys)
    frame = spark.read.parquet(keys).join(spark.table("shops_then"), "shop", "left").select("shop", "city")
    lineage = column_lineage(frame, dataset_at)
    shops = table_dataset(CATALOG, "silver.lineage_shops")
    assert lineage.columns == {
        "shop": {InputField("file", keys, "shop"): {IDENTITY}},
        "city": {InputField(*shops.id, "city"): {IDENTITY}},
    }
    assert set(lineage.inputs) == {
        Dataset("file", keys, (("shop", "string"),)),
        shops.with_columns([("shop", "string"), ("city", "string"), ("opened", "date")]),
    }


def test_what_python_read_from_a_file_comes_from_the_file(spark: SparkSession, purchases_document: JobDocument) -> None:
    names = [column.name for column in purchases_document.columns]
    file = file_dataset("s3://bronze/k.csv", names)
    rows = read_rows(spark, "k.csv", names, purchases_document.dialect).repartition(2)
    frame = (
        rows.where(F.size("_defects") == 0)
        .where("quantity is not null")
        .select(F.lower("email").alias("email"), "_row_number", F.col("amount_aud").cast("decimal(18,2)").alias("paid"))
    )
    lineage = column_lineage(frame, dataset_at, file)
    field = {name: InputField("s3://bronze", "k.csv", name) for name in names}
    assert lineage.columns == {
        "email": {field["email"]: {TRANSFORMATION}},
        "_row_number": {},
        "paid": {field["amount_aud"]: {TRANSFORMATION}},
    }
    assert lineage.rows == {field["quantity"]: {FILTER}}


def test_without_its_file_what_python_read_comes_from_nowhere(spark: SparkSession, purchases_document: JobDocument) -> None:
    frame = read_rows(spark, "k.csv", ["a"], purchases_document.dialect).select("a")
    assert told(frame) == ({"a": {}}, {})


def test_the_summary_of_purchases(spark: SparkSession, purchases: JobDocument) -> None:
    (model,) = purchases.models
    spark.table(purchases.rows_table).createOrReplaceTempView("purchases")
    columns, rows = told(spark.sql(model.sql))
    direct = {
        name: {field: ways for field, ways in uses.items() if any(kind == "DIRECT" for kind, _ in ways)}
        for name, uses in columns.items()
    }
    customer, day = {"purchases_by_file.customer_id": {IDENTITY}}, {"purchases_by_file.ingestion_date": {IDENTITY}}
    names = {f"purchases_by_file.{name}": {AGGREGATION, CONDITIONAL} for name in ("first_name", "last_name")}
    assert direct == {
        "customer_id": customer,
        "full_name": names,
        "email": {"purchases_by_file.email": {AGGREGATION}},
        "total_spent_aud": {"purchases_by_file.amount_aud": {AGGREGATION}},
        "first_purchase_date": {"purchases_by_file.purchase_date": {AGGREGATION}},
        "last_purchase_date": {"purchases_by_file.purchase_date": {AGGREGATION}},
        "ingestion_date": day,
    }
    window = {"purchases_by_file.customer_id": {WINDOW}, "purchases_by_file.ingestion_date": {WINDOW}}
    assert columns["total_spent_aud"] == {"purchases_by_file.amount_aud": {AGGREGATION}, **window}
    assert rows == {"purchases_by_file.customer_id": {GROUP_BY}, "purchases_by_file.ingestion_date": {GROUP_BY}}
