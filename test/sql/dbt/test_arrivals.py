"""However files come and however often dbt runs in between, staging and the marts say what an oracle says of all of them."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from raw_tables import File, Line, Raw, header
from tables import check_accounting, every_column, expected_marts, expected_staging, marts, staging

DAYS = [date(2025, 1, 6) + timedelta(days=days) for days in range(5)]
TABLES = (
    "staging.stg_sales",
    "staging.stg_stores",
    "marts.daily_sales_by_store",
    "marts.daily_sales_by_region",
    "marts.daily_baskets",
)


def sale(draw: random.Random, day: date) -> Line:
    clock = draw.choice(["09:30:00", "12:00:00", "23:59:59"])
    sold_on = day - timedelta(days=draw.choice([0, 0, 0, 1]))
    good = [
        f"{sold_on} {clock}",
        f"{sold_on}T{clock}",
        f"{sold_on}T{clock}.250",
        f"{sold_on}T{clock}Z",
        f"{sold_on} {clock}-05:30",
    ]
    time = draw.choice([*good * 4, "06/01/2025 10:00", "2025-02-30 10:00:00", "", None])
    amount = draw.choice(["12.50", "-3.00", "0", "+7.1", "1250.00"] * 4 + ["1.999", "1,50", "abc", ""])
    receipt = draw.choice(["R1", "R2", "R2", None, " "])
    store = draw.choice(["S1", "S2", " S3 ", "S9"] * 4 + ["", None])
    return (
        store,
        draw.choice(["7", "007", "T1", "T2", "T3", "T4"]),
        receipt,
        time,
        amount,
        draw.choice(["customer", "STAFF", ""]),
    )


def store(draw: random.Random, day: date) -> Line:
    state, opened = draw.choice(["NSW", "VIC", None]), draw.choice(["2019-02-28", "2019-02-28", "", "2019-02-30"])
    return "G1", draw.choice(["S1", "S2", "S3", ""]), draw.choice(["O'Hara", "Größe 9", None]), "Perth", state, opened


def file(draw: random.Random, kind: str, day: date, suffix: str) -> File:
    lines = [(sale if kind == "sales" else store)(draw, day) for _ in range(draw.randint(1, 8))]
    for _ in range(draw.choice([0, 0, 1, 2])):
        names = [draw.choice([name, name.upper(), f" {name} "]) for name in header(kind)]
        lines.insert(draw.randint(0, len(lines)), tuple(names))
    return File(kind, day, lines, suffix, draw.choice([True, False]))


def files(draw: random.Random) -> list[File]:
    """Of each day sales, of some stores; more than one file of some batches; some come again, as they were or corrected."""
    first = [file(draw, "sales", day, suffix) for day in DAYS for suffix in draw.choice([[""], ["", "_b"], ["_a", "_b"]])]
    first += [file(draw, "stores", day, "") for day in draw.sample(DAYS, 3)]
    draw.shuffle(first)
    again = [draw.choice([known, file(draw, known.kind, known.batch_date, known.suffix)]) for known in draw.sample(first, 3)]
    return first + again


@pytest.mark.parametrize("seed", [1, 2])
def test_any_order_of_files_and_runs(raw: Raw, seed: int) -> None:
    draw = random.Random(seed)
    arriving = files(draw)
    runs_after = sorted(draw.sample(range(1, len(arriving)), 2))
    for at, arrived in enumerate(arriving):
        if at in runs_after:
            raw.snowflake.run()
            assert staging(raw.snowflake) == expected_staging(raw)
        raw.load(arrived)
    raw.snowflake.build()
    assert staging(raw.snowflake) == expected_staging(raw)
    assert marts(raw.snowflake) == expected_marts(raw)
    check_accounting(raw)
    found = every_column(raw.snowflake, *TABLES)

    idle = raw.snowflake.run()
    assert (idle["stg_sales"].rows, idle["stg_stores"].rows) == (0, 0)
    assert every_column(raw.snowflake, *TABLES) == found
    raw.snowflake.run("--full-refresh")
    assert every_column(raw.snowflake, *TABLES) == found
