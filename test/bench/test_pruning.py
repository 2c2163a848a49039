"""Ratios are held against their goals; the flat table is silver's but for its partitions."""

from __future__ import annotations

import pytest
from pruning_goal import Goal, report
from pruning_months import Reading, goals, without_partitions


def test_a_goal_is_held_at_its_limit() -> None:
    assert Goal("time", 0.35, 0.35).is_held
    assert Goal("time", 0.351, 0.35).line().endswith("MISSED")


def test_all_must_be_held(capsys: pytest.CaptureFixture[str]) -> None:
    assert report([Goal("a", 0.1, 0.2), Goal("b", 0.2, 0.2)])
    assert not report([Goal("a", 0.1, 0.2), Goal("b", 0.3, 0.2)])
    assert capsys.readouterr().out.count("MISSED") == 1


def test_ratios_are_of_the_same_round() -> None:
    partitioned, flat = [Reading(1, 1), Reading(9, 1)], [Reading(10, 20), Reading(90, 5)]
    assert [(goal.ratio, goal.at_most) for goal in goals(partitioned, flat)] == [(0.1, 0.35), (0.125, 0.1)]


def test_the_flat_table_has_no_partitions() -> None:
    ddl = "create table silver.purchases_by_file (a int)\nusing iceberg\npartitioned by (ingestion_date)\ntblproperties ()"
    assert without_partitions(ddl, "flat.purchases") == "create table flat.purchases (a int)\nusing iceberg\n\ntblproperties ()"
    with pytest.raises(ValueError, match="another way"):
        without_partitions("create table silver.purchases_by_file (a int)", "flat.purchases")
