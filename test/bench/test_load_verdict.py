"""Right rows come first; a difference is one only where it is more than noise."""

from __future__ import annotations

import pytest
from load_rounds import Faulty, Timed
from load_verdict import Comparison, compare, is_safe, spread, verdict

SAFE = (True, True)


def timed(*seconds: float) -> list[Timed]:
    return [Timed(each, 1, is_right=True) for each in seconds]


def test_rounds_are_compared_with_themselves() -> None:
    compared = compare(timed(1, 2, 1, 2), timed(0.5, 1, 2, 1))
    assert (compared.ratio, compared.faster, compared.rounds) == (0.5, 3, 4)


def test_noise_is_half_of_the_way_between_the_quartiles() -> None:
    assert spread([1.0, 1.0, 1.0]) == 0
    assert spread([0.8, 0.9, 1.0, 1.1, 1.2]) == pytest.approx(0.1)


def test_how_often_equal_ones_come_out_so() -> None:
    assert Comparison(1, 5, 10, 0).chance == 1
    assert Comparison(1, 0, 5, 0).chance == 2 / 32
    assert Comparison(1, 10, 11, 0).chance == Comparison(1, 1, 11, 0).chance == 24 / 2**11


@pytest.mark.parametrize(
    "compared, begins",
    [
        (Comparison(0.7, 11, 11, 0.1), "take B:"),
        (Comparison(1.5, 0, 11, 0.1), "keep A:"),
        (Comparison(0.95, 11, 11, 0.1), "keep A:"),  # nearer than either is to itself
        (Comparison(0.7, 8, 11, 0.1), "keep A:"),  # not always the same way
    ],
)
def test_the_faster_one_is_taken_where_both_are_right(compared: Comparison, begins: str) -> None:
    assert verdict("A", "B", compared, SAFE).startswith(begins)


@pytest.mark.parametrize(
    "safe, begins", [((True, False), "keep A: B ended"), ((False, True), "take B: A ended"), ((False, False), "neither")]
)
def test_a_strategy_with_wrong_rows_is_out_however_fast(safe: tuple[bool, bool], begins: str) -> None:
    assert verdict("A", "B", Comparison(0.1, 11, 11, 0), safe).startswith(begins)


def test_half_a_load_is_not_safe_even_if_it_is_mended_later() -> None:
    right, half = Faulty(True, True, 1), Faulty(False, True, 1)
    assert is_safe(timed(1), [right])
    assert not is_safe(timed(1), [right, half])
    assert not is_safe([Timed(1, 1, is_right=False)], [right])
