"""Functions that PostgreSQL has not, or has with another meaning."""

from __future__ import annotations

from typing import Any

from running_warehouse import RunningWarehouse

# As Redshift documents them, with the type of the answer in its Python value; texts are what has no exact JSON.
VALUES: dict[str, Any] = {
    "dateadd(month, 1, date '2024-01-31')": "2024-02-29 00:00:00",
    "dateadd('day', -1, '2024-03-01')": "2024-02-29 00:00:00",
    "dateadd(h, 25, timestamp '2024-03-01 23:00:00')": "2024-03-03 00:00:00",
    "datediff(year, date '2024-12-31', date '2025-01-01')": 1,
    "datediff(month, '2024-01-31', '2024-03-01')": 2,
    "datediff(qtr, '1998-07-01', '2024-10-01')": 105,
    "datediff(day, timestamp '2024-01-01 23:59:59', timestamp '2024-01-02 00:00:00')": 1,
    "datediff(hour, timestamp '2024-01-01 00:59:59', timestamp '2024-01-01 01:00:00')": 1,
    "datediff(minute, '2024-01-01 00:00:59', '2024-01-01 00:00:00')": 0,
    "date_trunc('month', date '2024-02-29')": "2024-02-01 00:00:00",
    "last_day('2024-02-03')": "2024-02-29",
    "add_months(date '2024-02-29', 1)": "2024-03-31 00:00:00",
    "extract(year from date '2024-02-29')": 2024,
    "extract(second from timestamp '2024-02-29 10:00:59.9')": 59,
    "date_part(dow, date '2024-03-03')": 0.0,
    "trunc(timestamp '2024-02-29 10:00:00')": "2024-02-29",
    "convert_timezone('Australia/Sydney', timestamp '2024-01-01 00:00:00')": "2024-01-01 11:00:00",
    "convert_timezone('Australia/Sydney', 'UTC', '2024-01-01 11:00:00')": "2024-01-01 00:00:00",
    "to_char(date '2024-02-29', 'YYYYMMDD')::int": 20240229,
    "nvl(null, 2)": 2,
    "isnull(null, 'x')": "x",
    "nvl2(null, 'a', 'b')": "b",
    "decode(null, 1, 'one', null, 'none', 'else')": "none",
    "decode(3, 1, 'one', 2, 'two')": None,
    "concat('a', null)": None,
    "'a' || null": None,
    "len('Höly')": 4,
    "strtol('fffffffffffffff', 16)": 1152921504606846975,
    "strtol(substring(md5('1'), 1, 15), 16)": 0xC4CA4238A0B9238,
    "sha2('a', 256)": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb",
    "charindex('b', 'abc')": 2,
    "regexp_replace('aaa', 'a', 'b')": "bbb",
    "regexp_substr('abc', 'x')": "",
    "7 / 2": 3,
    "round(2.5::float, 0)": 3.0,
    "'b' > 'B'": True,
    "cast(1.5 as decimal)": "2",
    "date '2024-03-01' - date '2024-02-28'": 2,
    "getdate() = date_trunc('second', getdate())": True,
    "sysdate > dateadd(day, -1, getdate())": True,
}


def test_functions_answer_as_redshift_documents(warehouse: RunningWarehouse) -> None:
    (row,) = warehouse.rows("select " + ", ".join(VALUES))
    assert dict(zip(VALUES, row, strict=True)) == VALUES


AGGREGATES: dict[str, Any] = {
    "sum(n)": 9007199254740998,
    "avg(n)": 3002399751580332,
    "avg(s)": 2,
    "avg(distinct f)": 1.125,
    "avg(d) + avg(n)": "3002399751580333.3333333333333333",
    "count(distinct d)": 2,
    "sum(d)": "4.00",
    "median(s)": 2.0,
    "listagg(name, ',') within group (order by s desc)": "c,b,a",
    "listagg(distinct d) within group (order by d)": "1.001.50",
}


def test_aggregates_answer_as_redshift_documents(warehouse: RunningWarehouse) -> None:
    rows = [(9007199254740993, 1, "1.00", "a"), (2, 2, "1.50", "b"), (3, 4, "1.50", "c")]
    table = " union all ".join(
        f"select {n}::bigint as n, {s}::int as s, {d}::float / 2 + 0.5 as f, {d}::decimal(9,2) as d, '{name}' as name"
        for n, s, d, name in rows
    )
    (row,) = warehouse.rows(f"select {', '.join(AGGREGATES)} from ({table}) t")
    assert dict(zip(AGGREGATES, row, strict=True)) == AGGREGATES
    means = warehouse.rows(f"select avg(s) over (order by s rows unbounded preceding) from ({table}) t order by s")
    assert means == [[1], [1], [2]]
    shares = warehouse.rows(f"select ratio_to_report(s) over () from ({table}) t where s <> 1 order by s")
    assert [round(share, 3) for (share,) in shares] == [0.333, 0.667]


def test_no_function_keeps_a_query_on_one_processor(warehouse: RunningWarehouse) -> None:
    assert warehouse.rows("select len('a')") == [[1]]
    with warehouse.postgres.connect() as other:
        alone = "select proname from pg_proc where pronamespace = 'redshift'::regnamespace and proparallel <> 's'"
        assert other.execute(alone.encode()).fetchall() == []
