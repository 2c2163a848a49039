"""What the warehouse's SQL is made of, beyond single functions, answered as Redshift documents it."""

from __future__ import annotations

from typing import Any

import pytest
from running_warehouse import RunningWarehouse

LEFT = "(select 1 as a, 'x' as b union all select 1, 'x' union all select 2, 'y' union all select 3, null) l"
RIGHT = "(select 2 as a, 'y' as b union all select 3, null union all select 4, 'z') r"
ROWS = """(select 1 as id, date '2024-01-31' as day, 'b' as word, 10.50::decimal(18, 2) as amount
    union all select 2, date '2024-02-29', 'a', null union all select 3, date '2025-01-01', 'b', 2.25) t"""

QUERIES: dict[str, list[list[Any]]] = {
    # A NULL is the same as another here, unlike in a comparison.
    f"select * from {LEFT} except select * from {RIGHT} order by a": [[1, "x"]],
    f"select * from {LEFT} intersect select * from {RIGHT} order by a": [[2, "y"], [3, None]],
    f"select * from {LEFT} union select * from {RIGHT} order by a": [[1, "x"], [2, "y"], [3, None], [4, "z"]],
    f"""(select * from {LEFT} except select * from {RIGHT}) union all (select * from {RIGHT} except select * from {LEFT})
        order by a""": [
        [1, "x"],
        [4, "z"],
    ],
    """with recursive days (day, n) as (
        select date '2024-02-28' as day, 1 as n
        union all select dateadd(day, 1, day)::date, n + 1 from days where day < date '2024-03-01'
    ) select to_char(day, 'YYYYMMDD')::int, n from days order by n""": [[20240228, 1], [20240229, 2], [20240301, 3]],
    # NULLs come last, and first when the order is descending.
    f"select id, lag(id) over (order by amount), lead(id, 2, -1) over (order by id) from {ROWS} order by id": [
        [1, 3, 3],
        [2, 1, -1],
        [3, None, -1],
    ],
    f"select id, row_number() over (partition by word order by amount desc) from {ROWS} order by id": [[1, 1], [2, 1], [3, 2]],
    f"select id from {ROWS} order by amount desc": [[2], [1], [3]],
    f"select word, count(*), count(amount), sum(amount) from {ROWS} group by word order by word": [
        ["a", 1, 0, None],
        ["b", 2, 2, "12.75"],
    ],
    f"select count(distinct word), count(word), listagg(distinct word, ', ') within group (order by word) from {ROWS}": [
        [2, 3, "a, b"]
    ],
    f"select id, case when amount > 5 then 'much' when amount is null then 'none' else 'some' end from {ROWS} order by id": [
        [1, "much"],
        [2, "none"],
        [3, "some"],
    ],
    f"select id, case word when 'a' then 1 end, nvl2(amount, 'y', 'n'), len(word) from {ROWS} order by id": [
        [1, None, "y", 1],
        [2, 1, "n", 1],
        [3, None, "y", 1],
    ],
    f"select extract(year from day), datediff(day, day, '2025-01-01'), dateadd(month, 1, day) from {ROWS} order by id": [
        [2024, 336, "2024-02-29 00:00:00"],
        [2024, 307, "2024-03-29 00:00:00"],
        [2025, 0, "2025-02-01 00:00:00"],
    ],
    f"""select strtol(substring(md5(id::varchar || '|' || timestamp '2024-01-01 00:00:00.5'::varchar), 1, 15), 16) > 0,
        md5(nvl(amount::varchar, '')) from {ROWS} where id = 2""": [[True, "d41d8cd98f00b204e9800998ecf8427e"]],
    f"select count(*) from {ROWS} where day between date '2024-02-01' and timestamp '2024-12-31 23:59:59.999999'": [[1]],
    f"select id from {ROWS} where id not in (select a from {RIGHT}) and exists (select 1 from {LEFT} where l.a = t.id)": [[1]],
}


@pytest.mark.parametrize("sql", QUERIES)
def test_a_query_answers_as_redshift_does(warehouse: RunningWarehouse, sql: str) -> None:
    assert warehouse.rows(sql) == QUERIES[sql]


def test_rows_are_deleted_by_another_table(warehouse: RunningWarehouse, table: str) -> None:
    warehouse.done(f"insert into {table} values (1, 'a'), (2, 'b'), (3, 'c'), (3, null)")
    done = warehouse.done(
        f"create temp table gone as with wanted as (select id from {table} where id > 1) select * from wanted",
        f"delete from {table} using gone as c where {table}.id = c.id and {table}.name <> 'b'",
    )
    assert [part["ResultRows"] for part in done["SubStatements"]] == [3, 1]
    assert warehouse.rows(f"select id, name from {table} order by id, name") == [[1, "a"], [2, "b"], [3, None]]


def test_a_view_is_replaced(warehouse: RunningWarehouse, table: str) -> None:
    warehouse.done(f"insert into {table} values (1, 'a'), (2, null)")
    warehouse.done(f"create or replace view v_{table} as select nvl(name, '-') as name from {table}")
    warehouse.done(f"create or replace view v_{table} as select nvl(name, '+') as name, len(name) from {table}")
    assert warehouse.rows(f"select * from v_{table} order by 1") == [["+", None], ["a", 1]]
    warehouse.done(f"drop view v_{table}")
