"""The four scores of a file and the gate that they are held against."""

from __future__ import annotations

from contextlib import suppress

import pytest
from bronze_to_silver import Bronze, load_silver
from purchases_files import HEADER, Lake, purchase
from pyspark.sql import DataFrame

from assay_glue.assess import Assessment, sample_rows
from assay_glue.errors import TerminalError


def clean_rows(number: int) -> list[str]:
    return [purchase(f"p{index}", customer_id=f"c{index % 7}") for index in range(number)]


def assessed(lake: Lake, *rows: str) -> tuple[Assessment, list[dict[str, object]]]:
    """What a run finds in a file of these rows, whether it is published or not."""
    heard: list[tuple[Assessment, list[dict[str, object]]]] = []
    path = lake.folder / "file.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    source = lake.source("2025-01-01")

    def tell(found: Assessment, judged: DataFrame) -> None:
        heard.append((found, sample_rows(judged, lake.document, found)))

    with suppress(TerminalError):
        load_silver(lake.spark, lake.document, Bronze(str(path)), source, tell)
    return heard[0]


def fractions(found: Assessment) -> dict[str, tuple[int, int]]:
    return {name: (score.passed, score.total) for name, score in found.scores.items()}


def test_a_file_without_fault_has_full_scores(lake: Lake) -> None:
    found, samples = assessed(lake, *clean_rows(3))
    assert fractions(found) == {"completeness": (15, 15), "validity": (9, 9), "accuracy": (3, 3), "consistency": (3, 3)}
    assert (found.failed_rules, samples) == ((), [])


def test_each_fault_counts_in_its_dimension_only(lake: Lake) -> None:
    found, _ = assessed(
        lake,
        *clean_rows(3),
        purchase("no-customer", customer_id=""),
        purchase("bad-amount", amount="12.5.1"),
        purchase("refund?", amount="-1.00"),
        purchase("twice"),
        purchase("twice"),
    )
    assert fractions(found) == {"completeness": (39, 40), "validity": (23, 24), "accuracy": (7, 8), "consistency": (6, 8)}
    assert [str(rule) for rule in found.failed_rules] == [
        "purchase_id: unique (2 rows)",
        "amount_aud: type (1 rows)",
        "customer_id: required (1 rows)",
        "quantity, amount_aud: amount_and_quantity_agree (1 rows)",
    ]


def test_a_row_that_cannot_be_divided_has_no_cell_no_key_and_passes_no_business_rule(lake: Lake) -> None:
    found, _ = assessed(lake, *clean_rows(1), "1,2,3")
    assert fractions(found) == {"completeness": (5, 10), "validity": (3, 3), "accuracy": (1, 2), "consistency": (1, 2)}


def test_rows_without_a_key_are_not_unique(lake: Lake) -> None:
    found, _ = assessed(lake, *clean_rows(2), purchase(""), purchase(""))
    assert fractions(found)["consistency"] == (2, 4)


def test_a_file_without_rows_has_nothing_wrong(strict_lake: Lake) -> None:
    found, _ = assessed(strict_lake)
    assert {score.value for score in found.scores.values()} == {1}


@pytest.mark.parametrize(
    ("dimension", "clean", "bad"),
    [("accuracy", 49, [purchase("x", amount="-1.00")]), ("consistency", 198, [purchase("x"), purchase("x")])],
)
def test_a_score_at_the_threshold_passes_and_one_row_worse_fails(
    strict_lake: Lake, dimension: str, clean: int, bad: list[str]
) -> None:
    counts = strict_lake.load("2025-01-01", *clean_rows(clean), *bad)
    assert counts.published == clean + (dimension == "consistency")
    before, scored = strict_lake.tables(), strict_lake.spark.table("quality.purchases").count()
    with pytest.raises(TerminalError, match=rf"BelowThreshold: {dimension} is 0\.9\d+ .* Nothing was published"):
        strict_lake.load("2025-01-02", *clean_rows(clean - 1), *bad)
    assert strict_lake.tables() == before
    assert [row._row_number for row in strict_lake.quarantined()] == ([50] if dimension == "accuracy" else [])
    assert strict_lake.spark.table("quality.purchases").count() == scored + 4


def test_a_refusal_names_the_rules_of_each_score_that_is_too_low(strict_lake: Lake) -> None:
    wrong = [purchase(f"a{index}", amount="1e3") for index in range(4)]
    twice = [purchase("x"), purchase("x"), purchase(""), "1,2,3"]
    with pytest.raises(TerminalError) as refusal:
        strict_lake.load("2025-01-01", *clean_rows(142), *wrong, *twice)
    found = refusal.value.cause.split(". Nothing was published")[0].split("; ")
    assert found == [
        "consistency is 0.973333 (146 of 150), below 0.99, "
        "most for purchase_id: unique (2 rows), columns (1 rows), purchase_id: required (1 rows)",
    ]


def test_completeness_and_validity_count_cells(strict_lake: Lake) -> None:
    # 20 rows × 5 required cells: 5 may be empty. 3 ruled cells a row: of 100 three may be ill-formed.
    empty = [purchase(f"e{index}", customer_id="") for index in range(5)]
    strict_lake.load("2025-01-01", *clean_rows(15), *empty)
    with pytest.raises(TerminalError, match=r"completeness is 0\.947368 \(90 of 95\), below 0\.95"):
        strict_lake.load("2025-01-02", *clean_rows(14), *empty)
    bad = [purchase(f"b{index}", date="2025-02-31") for index in range(3)]
    no_date = purchase("n", date="")
    strict_lake.load("2025-01-03", *clean_rows(30), *bad, no_date.replace("10.00", "5.00"))
    with pytest.raises(TerminalError, match=r"validity is 0\.96"):
        strict_lake.load("2025-01-04", *clean_rows(29), *bad)


def test_sample_rows_show_the_shape_of_a_row_and_none_of_its_values(lake: Lake) -> None:
    _, samples = assessed(lake, *clean_rows(2), purchase("17", amount="1e3", name="Zoë,O'Neil", email="zoe@home.au"))
    assert samples == [{"line": 4, "text": "amount_aud type: 99,9,xxx,x'xxxx,xxx@xxxx.xx,xxxx,9,9x9,9999-99-99"}]


def test_of_a_refused_file_rules_and_samples_are_first_those_of_the_score_that_is_too_low(strict_lake: Lake) -> None:
    unknown = [purchase(f"u{index}", customer_id="") for index in range(9)]
    twice = [purchase("x", name="Zoë,Q"), purchase("x"), purchase(""), "1,2,3"]
    found, samples = assessed(strict_lake, *unknown, *clean_rows(187), *twice)
    assert [name for name, score in found.scores.items() if not score.is_met] == ["consistency"]
    assert [str(rule) for rule in found.failed_rules] == [
        "purchase_id: unique (2 rows)",
        "columns (1 rows)",
        "purchase_id: required (1 rows)",
        "customer_id: required (9 rows)",
    ]
    assert [sample["line"] for sample in samples] == [198, 199, 200, 201]
    assert [str(sample["text"]).split(": ")[0] for sample in samples] == [
        "purchase_id unique",
        "purchase_id unique",
        "purchase_id required",
        "columns",
    ]
    assert samples[0]["text"] == "purchase_id unique: x,9,xxx,x,x@x.x,xxxx,9,99.99,9999-99-99"


def test_every_run_leaves_its_scores_in_the_quality_table_once(lake: Lake) -> None:
    lake.load("2025-01-01", *clean_rows(3), purchase("x", amount="?"))
    lake.load("2025-01-01", *clean_rows(3), purchase("x", amount="?"))
    rows = lake.spark.table("quality.purchases").orderBy("dimension").collect()
    assert [(row.dimension, row.passed, row.total, row.is_met) for row in rows] == [
        ("accuracy", 4, 4, True),
        ("completeness", 20, 20, True),
        ("consistency", 4, 4, True),
        ("validity", 11, 12, True),
    ]
