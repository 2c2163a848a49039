"""Iceberg tables from before, brought to what the contract says now: columns are added, renamed and widened.

Iceberg knows columns by id, so rows from before stay readable under the new names and types. A column that left the
contract stays in the table. A table's changes are one commit, which also says which version of the contract the table
follows: a run that began under an earlier one must not bring back a name that is gone.
"""

from __future__ import annotations

import json
import random
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession
from pyspark.sql import types as T

from assay_glue.document import TableColumn
from assay_glue.errors import TerminalError, TransientError

EVOLVE_ATTEMPTS = 10
VERSION = "assay.contract-version"
DECIMAL = re.compile(r"decimal\((\d+),(\d+)\)")


@dataclass
class Changes:
    """What a table needs: old → new name, present name → type, new name → type; ``faults`` are what cannot be done."""

    renamed: dict[str, str] = field(default_factory=dict)
    widened: dict[str, str] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.renamed or self.widened or self.added)


def evolve(spark: SparkSession, tables: Mapping[str, Sequence[TableColumn]], version: str) -> None:
    """Brings each existing table to its columns; without a difference it costs a look at the catalog.

    Raises IncompatibleTable where Iceberg cannot do it and OutdatedContract where a table follows a later contract that
    lacks what this one needs; both before anything is changed. Raises PublishContended when others always win.
    """
    handles = {name: _iceberg_table(spark, name) for name in tables}
    for name, columns in tables.items():
        _changes(spark, name, handles[name], columns, version)
    for name, columns in tables.items():
        _evolve_table(spark, name, handles[name], columns, version)


def changes_needed(present: Mapping[str, str], wanted: Sequence[TableColumn]) -> Changes:
    """What makes a table of the ``present`` columns, name → type, one that has the ``wanted``."""
    changes = Changes()
    for column in wanted:
        type_name = _stored(column.type)
        name = _present_name(column, present)
        if name not in present:
            changes.added[column.name] = type_name
            continue
        if name != column.name:
            changes.renamed[name] = column.name
        if widens(present[name], type_name):
            changes.widened[name] = type_name
        elif present[name] != type_name:
            changes.faults.append(f"column {name} is {present[name]} and cannot become {type_name}")
    return changes


def unmet_needs(present: Mapping[str, str], wanted: Sequence[TableColumn]) -> list[str]:
    """Why rows of the ``wanted`` columns cannot go into a table as it is, which has the ``present`` ones."""
    needs = {column.name: _stored(column.type) for column in wanted}
    missing = [f"there is no column {name}" for name in needs if name not in present]
    narrower = [
        f"column {name} is {present[name]}, not {type_name}"
        for name, type_name in needs.items()
        if name in present and present[name] != type_name and not widens(type_name, present[name])
    ]
    return missing + narrower


def widens(old: str, new: str) -> bool:
    """Whether Iceberg reads a column of the old type as the new one: ints, and decimals of one scale."""
    narrow, wide = DECIMAL.fullmatch(old), DECIMAL.fullmatch(new)
    if narrow and wide:
        return narrow[2] == wide[2] and int(narrow[1]) < int(wide[1])
    return (old, new) == ("int", "bigint")


def _present_name(column: TableColumn, present: Mapping[str, str]) -> str:
    former = column.renamed_from
    return former if former is not None and former in present and column.name not in present else column.name


def _evolve_table(spark: SparkSession, name: str, table: Any, columns: Sequence[TableColumn], version: str) -> None:
    for attempt in range(EVOLVE_ATTEMPTS):
        changes = _changes(spark, name, table, columns, version)
        if not changes:
            return
        try:
            _commit(spark, table, changes, version)
        except Py4JJavaError as error:
            # Somebody else's commit came first, or nobody knows whether ours came: look again.
            if not re.search("CommitFailedException|CommitStateUnknownException", str(error)):
                raise
            time.sleep(random.uniform(0, 0.1 * (attempt + 1)))
            table.refresh()
    raise TransientError("PublishContended", f"{name}: other runs changed it {EVOLVE_ATTEMPTS} times meanwhile")


def _changes(spark: SparkSession, name: str, table: Any, columns: Sequence[TableColumn], version: str) -> Changes:
    present = _columns_of(spark, table)
    follows = table.properties().get(VERSION)
    if follows is not None and _parts(follows) > _parts(version):
        unmet = unmet_needs(present, columns)
        if unmet:
            raise TerminalError(
                "OutdatedContract",
                f"{name} follows contract {follows}, this run {version}: {'; '.join(unmet)}; "
                "replay the file under the newer contract",
            )
        return Changes()
    changes = changes_needed(present, columns)
    if changes.faults:
        raise TerminalError(
            "IncompatibleTable",
            f"{name} cannot follow contract {version}: {'; '.join(changes.faults)}; expected the same type or a wider one "
            "(int to bigint, a decimal of more digits and the same scale); give what is new a name of its own; "
            "nothing was changed",
        )
    return changes


def _commit(spark: SparkSession, table: Any, changes: Changes, version: str) -> None:
    transaction = table.newTransaction()
    update = transaction.updateSchema()
    for old, new in changes.renamed.items():
        update.renameColumn(old, new)
    for name, type_name in changes.widened.items():
        update.updateColumn(name, _iceberg_type(spark, type_name))
    for name, type_name in changes.added.items():
        update.addColumn(name, _iceberg_type(spark, type_name))
    update.commit()
    transaction.updateProperties().set(VERSION, version).commit()
    transaction.commitTransaction()


def _iceberg_table(spark: SparkSession, name: str) -> Any:
    return _java(spark).org.apache.iceberg.spark.Spark3Util.loadIcebergTable(spark._jsparkSession, f"lake.{name}")


def _columns_of(spark: SparkSession, table: Any) -> dict[str, str]:
    schema = _java(spark).org.apache.iceberg.spark.SparkSchemaUtil.convert(table.schema())
    return {column.name: column.dataType.simpleString() for column in T.StructType.fromJson(json.loads(schema.json()))}


def _iceberg_type(spark: SparkSession, ddl: str) -> Any:
    java = _java(spark)
    return java.org.apache.iceberg.spark.SparkSchemaUtil.convert(java.org.apache.spark.sql.types.DataType.fromDDL(ddl))


def _java(spark: SparkSession) -> Any:
    assert spark._jvm is not None  # only a session that was stopped has none
    return spark._jvm


def _stored(type_name: str) -> str:
    """As Iceberg keeps the type, which has no integers of less than 32 bits."""
    return {"smallint": "int", "tinyint": "int"}.get(type_name, type_name.replace(" ", ""))


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
