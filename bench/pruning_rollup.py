"""A dashboard's question, asked of the mart that a refresh keeps and of the facts behind it."""

from __future__ import annotations

import random
import sys
from argparse import Namespace
from pathlib import Path
from statistics import median
from typing import Any

from emulator.redshift_dialect import translate
from pruning_goal import Goal
from running_postgres import PASSWORD
from star_schema import ROOT, connect, create
from star_schema import rows as answer_of
from warehouse import generate
from warehouse_queries import SCALE, Postgres, build, timed
from warehouse_questions import span

# Of the scale of the benchmark of the warehouse: a million and a half facts, of which 180,000 are sales.
PART_OF_SCALE = 0.25
ROUNDS = 20
DAYS = 365
MONTHS = "extract(year from {0}.date_key) as year, extract(month from {0}.date_key) as month"
BETWEEN = "date_key >= cast(:from_day as date) and date_key <= cast(:to_day as date)"
OF_FACTS = f"""
select {MONTHS.format("fact_sales")}, coalesce(dim_product.category, '(unknown)') as category,
count(*) as order_lines, sum(fact_sales.quantity) as units, sum(fact_sales.net_amount) as net_amount
from core.fact_sales inner join core.dim_product on fact_sales.product_key = dim_product.product_key
where fact_sales.{BETWEEN.replace(" and ", " and fact_sales.")}
group by year, month, coalesce(dim_product.category, '(unknown)') order by year, month, category"""
OF_MART = f"""
select {MONTHS.format("daily_sales")}, daily_sales.category, sum(daily_sales.order_lines) as order_lines,
sum(daily_sales.units) as units, sum(daily_sales.net_amount) as net_amount
from marts.daily_sales where {BETWEEN}
group by year, month, daily_sales.category order by year, month, category"""


def run(folder: Path, asked: Namespace) -> list[Goal]:
    generate(folder / "files", ["--scale", f"{SCALE * PART_OF_SCALE * asked.scale:g}", "--batches", "1"], {})
    postgres = Postgres(ROOT)
    postgres.start()
    try:
        with connect(postgres.port, PASSWORD) as connection:
            create(connection)
            build(connection, folder / "files")
            return compare(connection)
    finally:
        postgres.stop()


def compare(connection: Any) -> list[Goal]:
    """A year by month and category, another year each time; hot, turn by turn, the first turn not counted."""
    chance = random.Random("dashboard")
    seconds: list[tuple[float, float]] = []
    for done in range(ROUNDS + 1):
        parameters = span(DAYS)(chance)
        mart, facts = (
            timed(lambda sql: answer_of(connection, sql), translate(sql, parameters).statements[0])
            for sql in (OF_MART, OF_FACTS)
        )
        assert mart[1] == facts[1], "the mart answers otherwise than the facts"
        if done > 0:
            seconds.append((mart[0], facts[0]))
    print(f"\rdashboard: {ROUNDS} rounds", file=sys.stderr)
    for name, times in zip(("marts.daily_sales", "core.fact_sales"), zip(*seconds, strict=True), strict=True):
        milliseconds = sorted(1000 * each for each in times)
        spread = f"{milliseconds[0]:.1f} to {milliseconds[-1]:.1f} ms"
        print(f"  a year by month and category, of {name:20}median {median(milliseconds):>8.1f} ms, {spread}")
    return [Goal("the dashboard by the mart: time of the one by the facts", median(m / f for m, f in seconds), 0.1)]
