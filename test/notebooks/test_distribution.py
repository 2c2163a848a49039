"""Bars: bins of equal width for numbers, the empty ones too; days or months for dates."""

from __future__ import annotations

from assay_notebook.distribution import BINS, Bar, bins_of, distributions_of, distributions_sql
from assay_notebook.profile import Profile


def profile(kind: str, least: str, greatest: str, *, private: bool = False) -> Profile:
    return Profile("c", kind, private, 9, 9, 9, least, greatest, 1, 1, {})


AMOUNTS = profile("number", "-10", "30")


def test_bins_share_the_range() -> None:
    assert bins_of(AMOUNTS) == (-10, 2)
    assert bins_of(profile("number", "7", "7")) == (7, 1)


def test_every_bin_has_a_bar() -> None:
    rows = [{"column_name": "c", "place": place, "row_count": count} for place, count in (("0", "3"), ("19", "1"))]
    bars = distributions_of(rows, [AMOUNTS])["c"]
    assert len(bars) == BINS
    assert (bars[0], bars[1], bars[19]) == (Bar("-10", 3), Bar("-8", 0), Bar("28", 1))


def test_the_greatest_value_is_in_the_last_bin() -> None:
    sql = distributions_sql("people", [AMOUNTS]) or ""
    assert "least(cast(floor((cast(c as double) - (-10.0e0)) / 2.0e0) as bigint), 19)" in sql
    tiny = distributions_sql("people", [profile("number", "0", "0.0000002")]) or ""
    assert "/ 1e-08)" in tiny


def test_days_are_counted_unless_there_are_too_many() -> None:
    assert "1, 10)" in (distributions_sql("people", [profile("moment", "2025-01-01", "2025-02-28")]) or "")
    assert "1, 7)" in (distributions_sql("people", [profile("moment", "2025-01-01 00:00:00", "2025-12-31 00:00:00")]) or "")
    rows = [{"column_name": "c", "place": place, "row_count": 1} for place in ("2025-02", "2025-01")]
    months = distributions_of(rows, [profile("moment", "2025-01-01", "2025-12-31")])["c"]
    assert months == [Bar("2025-01", 1), Bar("2025-02", 1)]


def test_private_columns_have_none() -> None:
    assert distributions_sql("people", [profile("number", "1", "2", private=True)]) is None
