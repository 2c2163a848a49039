"""Silver to gold: right totals whatever the order of arrival."""

import dataclasses
import datetime
import itertools
from decimal import Decimal

import pytest
from purchases_files import Lake, purchase

from assay_glue.errors import TerminalError

# Three days: a customer who buys again, a correction of day 1's row on day 2 that also moves it to another customer,
# and a customer who is there on the last day only.
DAYS = {
    "2025-01-01": [purchase("1", "7", "1.00", "2025-01-01"), purchase("2", "8", "2.00", "2025-01-01", name="Bo,Old")],
    "2025-01-02": [purchase("3", "7", "4.00", "2025-01-02"), purchase("1", "9", "8.00", "2025-01-01")],
    "2025-01-03": [
        purchase("4", "8", "16.00", "2025-01-03", email="NEW@x.y", name="Bo,New"),
        purchase("5", "10", "32.00"),
    ],
}


def load_all(lake: Lake, order: tuple[str, ...]) -> dict[str, list[tuple[object, ...]]]:
    for day in order:
        lake.load(day, *DAYS[day])
    return lake.tables()


def test_totals_are_over_all_files_and_names_from_the_latest_purchase(lake: Lake) -> None:
    load_all(lake, tuple(DAYS))
    first, third = datetime.date(2025, 1, 1), datetime.date(2025, 1, 3)
    assert ("8", "Bo New", "new@x.y", Decimal("18.00"), first, third) in lake.summary(
        "customer_id, full_name, email, total_spent_aud, first_purchase_date, last_purchase_date"
    )
    assert lake.summary() == [
        ("10", Decimal("32.00")),
        ("7", Decimal("4.00")),
        ("8", Decimal("18.00")),
        ("9", Decimal("8.00")),
    ]


def test_a_run_publishes_the_customers_it_touched_in_its_own_partition(lake: Lake) -> None:
    load_all(lake, tuple(DAYS))
    history = "select year, month, day, customer_id, total_spent_aud from gold.customer_purchase_summary_by_day order by all"
    assert [tuple(row) for row in lake.spark.sql(history).collect()] == [
        ("2025", "01", "01", "8", Decimal("2.00")),
        ("2025", "01", "02", "7", Decimal("4.00")),
        ("2025", "01", "02", "9", Decimal("8.00")),
        ("2025", "01", "03", "10", Decimal("32.00")),
        ("2025", "01", "03", "8", Decimal("18.00")),
    ]


@pytest.mark.parametrize("order", list(itertools.permutations(DAYS))[1:])
def test_any_order_of_arrival_ends_in_the_same_tables(
    lake: Lake, order: tuple[str, ...], in_order: dict[str, list[tuple[object, ...]]]
) -> None:
    assert load_all(lake, order) == in_order


@pytest.fixture(scope="module")
def expected() -> dict[str, dict[str, list[tuple[object, ...]]]]:
    return {}


@pytest.fixture
def in_order(lake: Lake, expected: dict[str, dict[str, list[tuple[object, ...]]]]) -> dict[str, list[tuple[object, ...]]]:
    """The tables after the days in their own order; they are emptied again."""
    if "in order" not in expected:
        expected["in order"] = load_all(lake, tuple(DAYS))
        for table in lake.document.ddl:
            lake.spark.sql(f"drop table {table} purge")
        for statement in lake.document.ddl.values():
            lake.spark.sql(statement)
    return expected["in order"]


def test_sum_of_the_summary_is_the_sum_of_silver(lake: Lake) -> None:
    load_all(lake, tuple(DAYS))
    assert sum(total for _, total in lake.summary()) == sum(amount for _, amount in lake.current())  # type: ignore[misc]


def test_totals_beyond_what_a_purchase_can_be_are_exact(lake: Lake) -> None:
    most = "9999999999999999.99"
    lake.load("2025-01-01", purchase("1", "7", most), purchase("2", "7", most), purchase("3", "8", "0.01"))
    lake.load("2025-01-02", purchase("4", "7", most))
    assert lake.summary() == [("7", 3 * Decimal(most)), ("8", Decimal("0.01"))]


def test_a_required_column_without_a_value_is_named_and_gold_stays_as_it_was(lake: Lake) -> None:
    lake.load("2025-01-01", purchase("1", "7", "1.00"))
    before = lake.tables()["history"]
    (model,) = lake.document.models
    narrow = dataclasses.replace(model, sql=model.sql.replace("decimal(28, 2)", "decimal(3, 2)"))
    lake.document = dataclasses.replace(lake.document, models=(narrow,))
    with pytest.raises(
        TerminalError, match=r"RequiredValueMissing: gold\.customer_purchase_summary: .*no total_spent_aud for 1 of the keys"
    ):
        lake.load("2025-01-02", purchase("2", "7", "100.00"), purchase("3", "8", "1.00"))
    assert lake.tables()["history"] == before
