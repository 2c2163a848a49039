"""Rows of the lake merged into a table of PUBLISHED, as ``publish-snowflake`` sends it."""

from __future__ import annotations

import io
import uuid
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from running_snowflake import RunningSnowflake

COLUMNS = """id varchar not null, amount number(18, 2), pieces number(10, 0), seen_on date, seen_at timestamp_ntz,
    _silver_sequence number(19, 0) not null, _is_deleted boolean not null"""
NAMES = ("id", "amount", "pieces", "seen_on", "seen_at", "_silver_sequence", "_is_deleted")
CHANGED = ", ".join(f"{name} = incoming.{name}" for name in NAMES[1:])
SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("amount", pa.decimal128(18, 2)),
        ("pieces", pa.int32()),
        ("seen_on", pa.date32()),
        # A moment, as Spark writes its timestamps.
        ("seen_at", pa.timestamp("us", tz="UTC")),
        ("_silver_sequence", pa.int64()),
        ("_is_deleted", pa.bool_()),
    ]
)
FORMAT = "(type = parquet, use_logical_type = true, null_if = ())"
SEEN = datetime(2025, 1, 2, 3, 4, 5, 678901, UTC)


@pytest.fixture(scope="module", autouse=True)
def table(snowflake: RunningSnowflake) -> None:
    ddl = f"create table if not exists assay.published.things ({COLUMNS}, primary key (id))"
    snowflake.define("05_things.sql", f"use role sysadmin;\n{ddl};\n")


def row(key: str, sequence: int, amount: str | None = "1.50", **more: Any) -> dict[str, Any]:
    values = {"pieces": 1, "seen_on": date(2025, 1, 2), "seen_at": SEEN, "_is_deleted": False, **more}
    return {"id": key, "amount": amount and Decimal(amount), "_silver_sequence": sequence, **values}


def staged(snowflake: RunningSnowflake, *rows: dict[str, Any], without: str | None = None) -> str:
    table = pa.Table.from_pylist(list(rows), SCHEMA)
    content = io.BytesIO()
    pq.write_table(table.drop_columns([without]) if without else table, content)
    return snowflake.stage(content.getvalue(), f"{uuid.uuid4().hex}/changes/part-0.snappy.parquet")


def copy(*files: str) -> str:
    names = ", ".join(f"'{file}'" for file in files)
    return f"""copy into published._incoming_things from @raw.lake files = ({names}) file_format = {FORMAT}
    match_by_column_name = case_insensitive on_error = abort_statement"""


def statements(run: str, *files: str, merged: str = CHANGED) -> list[str]:
    """Snowflake's own text of ``contracts/snowflake-published.ts``."""
    return [
        f"create or replace temporary table published._incoming_things ({COLUMNS})",
        copy(*files),
        "begin transaction",
        f"""merge into published.load_ledger as known using (select '{run}' as run_id, 'things' as dataset) as incoming
        on known.run_id = incoming.run_id
        when not matched then insert (run_id, dataset, loaded_at)
            values (incoming.run_id, incoming.dataset, current_timestamp())""",
        f"""update published.load_ledger set rows_merged = counted.rows_merged
        from (select count(*) as rows_merged from published._incoming_things as incoming
            left join published.things as known on known.id = incoming.id
            where known._silver_sequence is null or known._silver_sequence < incoming._silver_sequence) as counted
        where load_ledger.run_id = '{run}' and load_ledger.rows_merged is null""",
        f"""merge into published.things as known using published._incoming_things as incoming on known.id = incoming.id
        when matched and known._silver_sequence < incoming._silver_sequence then update set {merged}
        when not matched then insert ({", ".join(NAMES)}) values ({", ".join(f"incoming.{name}" for name in NAMES)})""",
        "commit",
    ]


def published(snowflake: RunningSnowflake, prefix: str) -> list[list[str | None]]:
    sql = f"select id, amount, _silver_sequence, _is_deleted from published.things where id like '{prefix}%' order by id"
    return snowflake.rows(sql, "reader")


def ledger(snowflake: RunningSnowflake, run: str) -> list[list[str | None]]:
    return snowflake.rows(f"select dataset, rows_merged from published.load_ledger where run_id = '{run}'", "reader")


def test_rows_of_parquet_are_merged_with_their_types_and_counted(snowflake: RunningSnowflake) -> None:
    first, second = staged(snowflake, row("a1", 5), row("a2", 5, None)), staged(snowflake, row("a3", 5, "-9999999999999999.99"))
    status, answer = snowflake.all(*statements("run a", first, second))
    assert (status, len(answer.get("statementHandles", []))) == (200, 7), answer
    assert published(snowflake, "a") == [
        ["a1", "1.50", "5", "false"],
        ["a2", None, "5", "false"],
        ["a3", "-9999999999999999.99", "5", "false"],
    ]
    typed = "select pieces, to_varchar(seen_on), to_varchar(seen_at) from published.things where id = 'a1'"
    assert snowflake.rows(typed, "reader") == [["1", "2025-01-02", "2025-01-02 03:04:05.678901"]]
    assert ledger(snowflake, "run a") == [["things", "3"]]


def test_a_row_gives_way_to_a_later_one_only_whichever_comes_first(snowflake: RunningSnowflake) -> None:
    later = staged(snowflake, row("b1", 9, "2.00"), row("b2", 9, None, _is_deleted=True))
    earlier = staged(snowflake, row("b1", 8), row("b2", 8), row("b3", 8))
    for run, file in (("later", later), ("earlier", earlier), ("later", later)):
        assert snowflake.all(*statements(run, file))[0] == 200
    assert published(snowflake, "b") == [
        ["b1", "2.00", "9", "false"],
        ["b2", None, "9", "true"],
        ["b3", "1.50", "8", "false"],
    ]
    assert (ledger(snowflake, "later"), ledger(snowflake, "earlier")) == ([["things", "2"]], [["things", "1"]])


def test_what_fails_in_the_midst_changes_nothing_and_leaves_nothing(snowflake: RunningSnowflake) -> None:
    file = staged(snowflake, row("c1", 1))
    status, answer = snowflake.all(*statements("run c", file, merged=f"{CHANGED}, no_such_column = 1"))
    assert (status, published(snowflake, "c"), ledger(snowflake, "run c")) == (422, [], []), answer
    # Neither does a file that is not there, nor one that lacks a column that has to be filled.
    assert snowflake.all(*statements("run c", file, "nowhere.parquet"))[1]["code"] == "091016"
    lacking = staged(snowflake, row("c2", 1), without="_is_deleted")
    status, answer = snowflake.all(*statements("run c", lacking))
    assert (answer["code"], '"_IS_DELETED"' in answer["message"] or "NULL result" in answer["message"]) == ("100072", True)
    assert snowflake.refusal("select * from published._incoming_things")[0] == "002003"
    assert snowflake.all(*statements("run c", file))[0] == 200
    assert (published(snowflake, "c"), ledger(snowflake, "run c")) == ([["c1", "1.50", "1", "false"]], [["things", "1"]])


def test_no_rows_are_loaded_too(snowflake: RunningSnowflake) -> None:
    assert snowflake.all(*statements("run d", staged(snowflake)))[0] == 200
    assert ledger(snowflake, "run d") == [["things", "0"]]


def test_a_column_that_the_file_lacks_is_null_and_one_that_the_table_lacks_is_left(snowflake: RunningSnowflake) -> None:
    assert snowflake.all(*statements("run e", staged(snowflake, row("e1", 1), without="amount")))[0] == 200
    assert published(snowflake, "e") == [["e1", None, "1", "false"]]


@pytest.mark.parametrize(
    ("user", "sql"),
    [
        ("loader", "delete from published.things"),
        ("loader", "create table published.mine (id varchar)"),
        ("loader", "drop table published.things"),
        ("reader", "insert into published.load_ledger (run_id, dataset) values ('a', 'b')"),
        ("reader", "create table published.mine (id varchar)"),
    ],
)
def test_nobody_may_do_more_than_he_has_to(snowflake: RunningSnowflake, user: str, sql: str) -> None:
    assert snowflake.refusal(sql, user)[0] == "003001"


def test_dbt_has_no_part_in_it(snowflake: RunningSnowflake) -> None:
    assert snowflake.refusal("select * from published.things", "transformer")[0] == "002003"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("use_logical_type = true, ", "", "without USE_LOGICAL_TYPE = TRUE and NULL_IF = ()"),
        (", null_if = ()", "", "without USE_LOGICAL_TYPE = TRUE and NULL_IF = ()"),
        ("null_if = ()", "null_if = (), snappy_compression = true", "option SNAPPY_COMPRESSION"),
        ("type = parquet, ", "", "a file format without TYPE"),
        ("match_by_column_name = case_insensitive", "", "COPY of Parquet without MATCH_BY_COLUMN_NAME"),
        ("case_insensitive", "case_sensitive", "invalid value [case_sensitive]"),
        ("_things from", "_things (id) from", "MATCH_BY_COLUMN_NAME with a list of columns"),
    ],
)  # fmt: skip
def test_what_a_copy_of_parquet_does_not_know_is_refused_by_name(
    snowflake: RunningSnowflake, old: str, new: str, said: str
) -> None:
    assert said in snowflake.refusal(copy("x.parquet").replace(old, new))[1]


def test_what_is_no_parquet_is_refused_with_its_name(snowflake: RunningSnowflake) -> None:
    file = snowflake.stage("a,b\n1,2\n", "bad.parquet")
    status, answer = snowflake.all(*statements("run f", file))
    assert (status, answer["code"], "bad.parquet" in answer["message"]) == (422, "100142", True)
