"""The strategies' statements. ``MERGE`` is what the product does (contracts/redshift-sql.ts), the others are made from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

# Schemas of the benchmark's own, so that in an account nothing of the product's is touched.
RAW, STAGING = "assay_bench_raw", "assay_bench"
# Redshift and PostgreSQL refuse it when it runs, not before.
FAILING = "select cast(max(run_id) as integer) from assay_bench.load_ledger"
# So that there is a run id to be no number, also at the first load.
LEDGER_MARK = "insert into assay_bench.load_ledger values ('before', 'none', 0, getdate())"


@dataclass(frozen=True)
class Strategy:
    name: str
    statements: Sequence[str]
    # Parquet files of a load.
    files: int = 1
    # Whether the statements of a load are one transaction, as the Data API makes of a batch.
    in_transaction: bool = True


def in_own_schemas(sql: str) -> str:
    return re.sub(r"(?<![\w.])staging\.", f"{STAGING}.", sql.replace('"raw".', f"{RAW}."))


def of_run(statements: Sequence[str], run_id: str, folder: str) -> list[str]:
    """As the benchmark's other loads: placeholders stand for the run and its folder."""
    return [sql.replace("THIS", run_id).replace("s3://b/c/", folder) for sql in statements]


def delete_insert(statements: Sequence[str]) -> list[str]:
    """The same load with MERGE's place taken by a delete of the keys that come and an insert of all that comes."""
    (merge,) = [sql for sql in statements if sql.startswith("merge into ")]
    head = re.match(r"merge into (?P<target>\S+) using (?P<source>\S+) as incoming on (?P<same>.+)", merge)
    columns = re.search(r"when not matched then insert \((?P<columns>[^)]+)\)", merge)
    if head is None or columns is None:
        raise ValueError(f"no merge of the form that is known: {merge}")
    target, source, names = head["target"], head["source"], columns["columns"]
    instead = [
        f"delete from {target} using {source} as incoming where {head['same']}",
        f"insert into {target} ({names})\nselect {names} from {source}",
    ]
    at = list(statements).index(merge)
    return [*statements[:at], *instead, *statements[at + 1 :]]


def with_failure(statements: Sequence[str]) -> list[str]:
    """The same load, which fails once rows of the target have changed: after MERGE, or between delete and insert."""
    changing = [at for at, sql in enumerate(statements) if sql.startswith("merge into ") or is_delete_of_target(sql)]
    after = changing[0] + 1
    return [*statements[:after], FAILING, *statements[after:]]


def is_delete_of_target(sql: str) -> bool:
    return sql.startswith(f"delete from {STAGING}.")


def changes_target(sql: str, dataset: str) -> bool:
    return sql.startswith(tuple(f"{verb} {STAGING}.{dataset} " for verb in ("merge into", "delete from", "insert into")))


def strategies(loads: Sequence[str], files: int) -> list[Strategy]:
    """The first is today's; the last is no candidate: it shows that the faults would be seen."""
    merge = [in_own_schemas(sql) for sql in loads]
    replace = delete_insert(merge)
    return [
        Strategy("MERGE, one file", merge),
        Strategy("delete + insert, one file", replace),
        Strategy(f"MERGE, {files} files", merge, files),
        Strategy("delete + insert, call by call", replace, in_transaction=False),
    ]
