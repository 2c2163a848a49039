from __future__ import annotations

import io
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from running_warehouse import RunningWarehouse

TABLE = """create table {name} (id int not null, big bigint, small smallint, amount decimal(18, 2), part double precision,
    flag bool, day date, at timestamp, name varchar(10), row_key bigint identity(1, 1))"""
FIELDS = {
    "id": pa.int32(),
    "big": pa.int64(),
    "small": pa.int16(),
    "amount": pa.decimal128(18, 2),
    "part": pa.float64(),
    "flag": pa.bool_(),
    "day": pa.date32(),
    "at": pa.timestamp("us", "UTC"),
    "name": pa.string(),
}
ROWS: list[list[Any]] = [
    [1, 9007199254740993, -7, "1234567890123456.78", 0.1, True, "2024-02-29", "2024-02-29 01:02:03.000004", 'a"b,\n\\N'],
    [2, -1, 0, "-0.05", 1e300, False, "1969-12-31", "1969-12-31 23:59:59", ""],
    [3, *[None] * 8],
]


def arrow_row(row: list[Any]) -> dict[str, Any]:
    values = dict(zip(FIELDS, row, strict=True))
    if values["amount"] is not None:
        values["amount"] = Decimal(values["amount"])
        values["day"] = date.fromisoformat(values["day"])
        values["at"] = datetime.fromisoformat(values["at"]).replace(tzinfo=UTC)
    return values


def parquet(table: pa.Table, **options: Any) -> bytes:
    target = io.BytesIO()
    pq.write_table(table, target, **options)
    return target.getvalue()


def table_of(rows: list[list[Any]], **changed: pa.DataType) -> pa.Table:
    schema = pa.schema({**FIELDS, **changed})
    return pa.Table.from_pylist([arrow_row(row) for row in rows], schema=schema)


class Target:
    """A table and a prefix of its own."""

    def __init__(self, warehouse: RunningWarehouse) -> None:
        self.warehouse = warehouse
        self.name = f"copied_{uuid.uuid4().hex[:8]}"
        self.prefix = f"gold/{self.name}/"
        warehouse.done(TABLE.format(name=self.name))

    def put(self, file: str, content: bytes) -> None:
        self.warehouse.s3.put_object(Bucket="lake", Key=self.prefix + file, Body=content)

    def sql(self, columns: str = "", role: str = "default") -> str:
        return f"copy {self.name} {columns} from 's3://lake/{self.prefix}' iam_role {role} format as parquet"

    def rows(self) -> list[list[Any]]:
        return self.warehouse.rows(f"select {', '.join(FIELDS)} from {self.name} order by id")


@pytest.fixture(scope="module", autouse=True)
def lake(warehouse: RunningWarehouse) -> None:
    warehouse.s3.create_bucket(Bucket="lake")


@pytest.fixture
def target(warehouse: RunningWarehouse) -> Target:
    return Target(warehouse)


def test_every_value_arrives_as_it_was(warehouse: RunningWarehouse, target: Target) -> None:
    target.put("a.parquet", parquet(table_of(ROWS[:1])))
    target.put("b.parquet", parquet(table_of(ROWS[1:]), use_deprecated_int96_timestamps=True))
    done = warehouse.done(target.sql(role="'arn:aws:iam::000000000000:role/load'"), "select pg_last_copy_count()")
    assert target.rows() == ROWS
    assert [part["ResultRows"] for part in done["SubStatements"]] == [0, 1]
    assert warehouse.api.get_statement_result(Id=f"{done['Id']}:2")["Records"] == [[{"longValue": 3}]]
    assert warehouse.rows(f"select count(distinct row_key) from {target.name}") == [[3]]


def test_columns_go_by_position_and_those_named(warehouse: RunningWarehouse, target: Target) -> None:
    target.put("x", parquet(pa.table({"b": pa.array(["x"]), "a": pa.array([5], pa.int32())})))
    warehouse.done(target.sql("(name, id)"))
    assert warehouse.rows(f"select id, name, amount from {target.name}") == [[5, "x", None]]
    assert "Unmatched number of columns between table and file. Table columns: 9, Data columns: 2" in warehouse.error(
        target.sql()
    )


def test_a_copy_is_undone_with_its_batch(warehouse: RunningWarehouse, target: Target) -> None:
    target.put("a.parquet", parquet(table_of(ROWS)))
    warehouse.error(target.sql(), f"insert into {target.name} (id) values (null)")
    assert target.rows() == []


def test_a_file_of_many_rows(warehouse: RunningWarehouse, target: Target) -> None:
    count = 100_000
    numbers = pa.table({"id": pa.array(range(count), pa.int32()), "name": pa.array([f"n{n}" for n in range(count)])})
    target.put("a.parquet", parquet(numbers, row_group_size=30_000))
    warehouse.done(target.sql("(id, name)"))
    answer = warehouse.rows(f"select count(*), sum(id), min(name), max(name) from {target.name}")
    assert answer == [[count, count * (count - 1) // 2, "n0", "n99999"]]


@pytest.mark.parametrize(
    "table, words",
    [
        (table_of(ROWS, id=pa.int64()), "Column type: INTEGER, Parquet schema: int64"),
        (table_of(ROWS[1:], big=pa.int32()), "Column type: BIGINT, Parquet schema: int32"),
        (table_of(ROWS[1:], amount=pa.decimal128(18, 3)), "Column type: NUMERIC(18,2), Parquet schema: decimal128(18, 3)"),
        (table_of(ROWS[1:], amount=pa.decimal128(19, 2)), "Column type: NUMERIC(18,2), Parquet schema: decimal128(19, 2)"),
        (table_of(ROWS[2:], day=pa.timestamp("us")), "Column type: DATE, Parquet schema: timestamp[us]"),
        (table_of([[None, *ROWS[0][1:]]]), "ERROR: Cannot insert a NULL value into column id"),
        (
            table_of([[*ROWS[0][:-1], "üüüüüü"]]),
            "The length of the data column name is longer than the length defined in the table. Table: 10",
        ),
    ],
)
def test_what_redshift_refuses_is_refused(warehouse: RunningWarehouse, target: Target, table: pa.Table, words: str) -> None:
    target.put("a.parquet", parquet(table_of(ROWS[1:])))
    target.put("b.parquet", parquet(table))
    assert words in warehouse.error(target.sql())
    assert target.rows() == []


def test_what_is_not_there(warehouse: RunningWarehouse, target: Target) -> None:
    assert warehouse.error(target.sql()) == f"ERROR: The specified S3 prefix '{target.prefix}' does not exist"
    assert "NoSuchBucket" in warehouse.error(target.sql().replace("lake/", "sea/"))
    target.put("a.parquet", b"a,b\n1,2\n")
    assert "has an invalid version number" in warehouse.error(target.sql())
    assert warehouse.error(target.sql("(nobody)")).startswith('ERROR: column "nobody"')
    missing = target.sql().replace(target.name, "nowhere", 1)
    assert warehouse.error(missing) == "ERROR: Cannot COPY into nonexistent table nowhere"


@pytest.mark.parametrize(
    "change, words",
    [
        (("format as parquet", "format as csv"), "copy of anything but format as parquet"),
        (("format as parquet", "json 'auto'"), "copy of anything but format as parquet"),
        (("format as parquet", "format as parquet manifest"), "copy of parquet with manifest"),
        (("iam_role default", ""), "copy without iam_role"),
        (("s3://lake", "dynamodb://lake"), "which is no object in S3"),
    ],
)
def test_other_copies_are_refused_by_name(
    warehouse: RunningWarehouse, target: Target, change: tuple[str, str], words: str
) -> None:
    assert words in warehouse.error(target.sql().replace(*change))
