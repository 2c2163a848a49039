"""The strategies are the product's own statements, changed where they are meant to differ and nowhere else."""

from __future__ import annotations

import pytest
from load_statements import FAILING, changes_target, delete_insert, in_own_schemas, strategies, with_failure

MERGE = """merge into assay_bench.orders using assay_bench_raw.orders as incoming on orders.order_id = incoming.order_id
when matched then update set status = incoming.status
when not matched then insert (order_id, status) values (incoming.order_id, incoming.status)"""
LOAD = ["lock table assay_bench.orders", MERGE, "delete from assay_bench_raw.orders"]
REPLACED = [
    "lock table assay_bench.orders",
    "delete from assay_bench.orders using assay_bench_raw.orders as incoming where orders.order_id = incoming.order_id",
    "insert into assay_bench.orders (order_id, status)\nselect order_id, status from assay_bench_raw.orders",
    "delete from assay_bench_raw.orders",
]


def test_the_schemas_are_the_benchmarks_own() -> None:
    sql = 'delete from "raw".orders using staging.orders as known where orders.staging_id = known.staging_id'
    assert in_own_schemas(sql) == (
        "delete from assay_bench_raw.orders using assay_bench.orders as known where orders.staging_id = known.staging_id"
    )


def test_delete_and_insert_take_the_place_of_the_merge() -> None:
    assert delete_insert(LOAD) == REPLACED


def test_what_has_no_merge_of_the_known_form_is_refused() -> None:
    with pytest.raises(ValueError, match="no merge of the form"):
        delete_insert(["merge into assay_bench.orders using something else"])


def test_the_fault_comes_once_rows_of_the_target_have_changed() -> None:
    assert with_failure(LOAD) == [LOAD[0], MERGE, FAILING, LOAD[2]]
    assert with_failure(REPLACED) == [*REPLACED[:2], FAILING, *REPLACED[2:]]


def test_only_the_targets_rows_count_as_changed() -> None:
    assert [changes_target(sql, "orders") for sql in REPLACED] == [False, True, True, False]
    assert changes_target(MERGE, "orders")
    assert not changes_target("insert into assay_bench.load_ledger (run_id)", "orders")


def test_todays_strategy_comes_first_and_the_careless_one_last() -> None:
    product = [sql.replace("assay_bench_raw.", '"raw".').replace("assay_bench.", "staging.") for sql in LOAD]
    every = strategies(product, 8)
    assert [(list(each.statements), each.files, each.in_transaction) for each in every] == [
        (LOAD, 1, True),
        (REPLACED, 1, True),
        (LOAD, 8, True),
        (REPLACED, 1, False),
    ]
