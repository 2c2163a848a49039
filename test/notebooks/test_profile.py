"""The profile's SQL shows nothing personal; its answer is read column by column."""

from __future__ import annotations

from assay_notebook.contract import Column, columns_of
from assay_notebook.profile import (
    Profile,
    has_distribution,
    has_repeats,
    profile_sql,
    profiles_of,
    top_values_of,
    top_values_sql,
)

CONTRACT = """
schema:
  - name: people
    properties:
      - {name: id, logicalType: integer}
      - {name: email, logicalType: string, classification: personal}
      - {name: salary, logicalType: number, classification: confidential}
      - {name: born, logicalType: date, classification: internal}
  - name: a_model
    properties: [{name: other, logicalType: string}]
"""
COLUMNS = columns_of(CONTRACT)
ANSWER = {
    "column_name": "id",
    "row_count": "4",
    "filled": "3",
    "distinct_count": "2",
    "least": "1",
    "greatest": "10",
    "shortest": "1",
    "longest": "2",
    **dict.fromkeys(("p05", "p25"), "1.0"),
    **dict.fromkeys(("p50", "p75", "p95"), "10.0"),
}


def profile(column: str, kind: str = "text", *, private: bool = False, distinct: int = 2, filled: int = 3) -> Profile:
    return Profile(column, kind, private, 4, filled, distinct, None, None, None, None, {})


def test_columns_are_those_of_the_dataset() -> None:
    found = columns_of(CONTRACT)
    assert found == [
        Column("id", "number"),
        Column("email", "text", is_private=True),
        Column("salary", "number", is_private=True),
        Column("born", "moment"),
    ]


def test_a_private_column_is_counted_and_measured_alone() -> None:
    shown, email, salary, _ = profile_sql("people", COLUMNS).split("\nunion all\n")
    assert "min(id)" in shown
    assert "approx_percentile(cast(id as double), 0.95)" in shown
    for name, sql in {"email": email, "salary": salary}.items():
        assert f"count(distinct {name})" in sql
        assert f"max(length(cast({name} as varchar)))" in sql
        assert f"min({name})" not in sql
        assert f"max({name})" not in sql
        assert "approx_percentile" not in sql


def test_a_row_of_the_answer_is_a_profile() -> None:
    quantiles = {"p05": 1.0, "p25": 1.0, "p50": 10.0, "p75": 10.0, "p95": 10.0}
    expected = Profile("id", "number", False, 4, 3, 2, "1", "10", 1, 2, quantiles)
    assert profiles_of([ANSWER], COLUMNS[:1]) == [expected]
    assert expected.filled_share == 0.75


def test_profiles_stand_in_the_contracts_order() -> None:
    answers = [{**ANSWER, "column_name": name} for name in ("born", "id")]
    assert [each.column for each in profiles_of(answers, [COLUMNS[0], COLUMNS[3]])] == ["id", "born"]


def test_a_table_without_rows_has_a_profile() -> None:
    empty = {**dict.fromkeys(ANSWER), "column_name": "id", "row_count": 0, "filled": 0, "distinct_count": 0}
    (found,) = profiles_of([empty], COLUMNS[:1])
    assert (found.filled_share, found.shortest, found.quantiles) == (0, None, {})
    assert not has_distribution(found)
    assert not has_repeats(found)


def test_only_values_that_repeat_and_may_be_shown_are_listed() -> None:
    listed = [profile("colour"), profile("id", distinct=3), profile("email", private=True)]
    sql = top_values_sql("people", listed) or ""
    assert "'colour' as column_name" in sql
    assert "'id' as" not in sql
    assert "email" not in sql
    assert top_values_sql("people", listed[1:]) is None


def test_the_most_frequent_values_stay_in_their_order() -> None:
    rows = [{"column_name": "colour", "shown": shown, "row_count": count} for shown, count in (("red", "2"), ("blue", 1))]
    assert top_values_of(rows) == {"colour": [("red", 2), ("blue", 1)]}
