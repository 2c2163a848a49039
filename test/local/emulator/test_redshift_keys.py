"""Keys of tables: found by, not enforced."""

from __future__ import annotations

import re

from emulator.redshift_dialect import to_postgres
from running_warehouse import RunningWarehouse

INDEX = re.compile(r'create index if not exists "(.*)" on ')


def plan(warehouse: RunningWarehouse, query: str) -> str:
    return "\n".join(line for (line,) in warehouse.rows(f"explain {query}"))


def test_rows_are_found_by_the_keys(warehouse: RunningWarehouse, table: str) -> None:
    name = f"k_{table}"
    columns = "(id int not null, at int not null, part int not null, primary key (id))"
    warehouse.done(f"create table {name} {columns}")
    # The table that is there already gets the keys that its definition has now; its index is made once.
    for _ in range(2):
        warehouse.done(f"create table if not exists {name} {columns} distkey (part) sortkey (at, id)")
    rows = "with recursive n (i) as (select 1 union all select i + 1 from n where i < 20000) select i, i, i from n"
    assert warehouse.done(f"insert into {name} {rows}")["ResultRows"] == 20000
    assert warehouse.done(f"insert into {name} {rows}")["ResultRows"] == 20000
    warehouse.done(f"analyze {name}")
    for column in ("id", "at", "part"):
        assert "Index" in plan(warehouse, f"select * from {name} where {column} = 7"), column
        assert warehouse.rows(f"select count(*) from {name} where {column} = 7") == [[2]]
    with warehouse.postgres.connect() as other:
        indexes = other.execute("select indexdef from pg_indexes where tablename = %s order by 1", [name]).fetchall()
    assert [index.partition(" USING ")[2] for (index,) in indexes] == ["btree (at, id)", "btree (id)", "btree (part)"]
    assert not any("UNIQUE" in index for (index,) in indexes)
    warehouse.done(f"drop table {name}")


def test_a_table_made_of_a_query_has_its_keys_and_its_rows(warehouse: RunningWarehouse, table: str) -> None:
    warehouse.done(f"insert into {table} values (1, 'a'), (1, 'a'), (2, null)")
    made = f"create table q_{table} distkey (id) sortkey (id, name) as select * from {table}"
    assert warehouse.done(made)["ResultRows"] == 3
    assert warehouse.rows(f"select * from q_{table} order by id") == [[1, "a"], [1, "a"], [2, None]]
    warehouse.done(f"drop table q_{table}")


def test_names_of_indexes_are_short_and_differ() -> None:
    columns = [f"ä_column_with_a_long_name_{n}" for n in range(3)]
    keys = [f"sortkey ({', '.join(columns[:n])})" for n in (1, 2, 3)] + [f"distkey ({columns[1]})"]
    definition = f"({', '.join(f'{column} int' for column in columns)})"
    tables = ["core.a_fact_with_a_long_name", "marts.a_fact_with_a_long_name"]
    names = [INDEX.match(to_postgres(f"create table {table} {definition} {key}")[1]) for table in tables for key in keys]
    assert len({name[1] for name in names if name}) == 8
    assert max(len(name[1].encode()) for name in names if name) <= 63
