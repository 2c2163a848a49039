"""COPY of Parquet from the lake into a table: checked as Redshift checks it, with a bounded part of a file in memory."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import boto3
import pyarrow as pa
import pyarrow.parquet as pq
from psycopg import sql
from pyarrow import csv

from emulator import redshift_parquet
from emulator.redshift_copy_command import CopyCommand
from emulator.redshift_parquet import Column, CopyFailed

if TYPE_CHECKING:
    from psycopg import Connection

ROWS_AT_ONCE = 32_768
COLUMNS = """
    select attname, format_type(atttypid, atttypmod), attidentity <> ''
    from pg_attribute where attrelid = to_regclass(%s) and attnum > 0 and not attisdropped order by attnum
"""

__all__ = ["CopyFailed", "copy_parquet"]


@dataclass(frozen=True)
class Lake:
    """The emulator's S3, through its own endpoint like any other reader's."""

    client: Any

    def keys(self, bucket: str, prefix: str) -> list[str]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        return sorted(found["Key"] for page in pages for found in page.get("Contents", []) if found["Size"] > 0)

    @contextmanager
    def file(self, bucket: str, key: str) -> Iterator[IO[bytes]]:
        with tempfile.TemporaryFile() as copy:
            self.client.download_fileobj(bucket, key, copy)
            copy.seek(0)
            yield copy


def copy_parquet(connection: Connection, command: CopyCommand, cancelled: Callable[[], bool]) -> None:
    lake = Lake(boto3.client("s3", endpoint_url=f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}"))
    columns = _columns(connection, command)
    keys = _keys(lake, command)
    copied = 0
    for key in keys:
        with lake.file(command.bucket, key) as file:
            copied += _copy_file(connection, command, columns, f"s3://{command.bucket}/{key}", file, cancelled)
    connection.execute("select set_config('assay.copied', %s, false)", [str(copied)])


def _keys(lake: Lake, command: CopyCommand) -> list[str]:
    from botocore.exceptions import ClientError

    try:
        keys = lake.keys(command.bucket, command.prefix)
    except ClientError as error:
        code = error.response["Error"]["Code"]
        raise CopyFailed(f"S3ServiceException:{error.response['Error']['Message']},Status 404,Error {code}") from error
    if not keys:
        raise CopyFailed(f"The specified S3 prefix '{command.prefix}' does not exist")
    return keys


def _columns(connection: Connection, command: CopyCommand) -> list[Column]:
    """Those that the files have to have, in their order."""
    table = _table(command).as_string(connection)
    found = {name: Column(name, kind, identity) for name, kind, identity in connection.execute(COLUMNS, [table]).fetchall()}
    if not found:
        raise CopyFailed(f"Cannot COPY into nonexistent table {command.table}")
    if not command.columns:
        return [column for column in found.values() if not column.is_identity]
    for name in command.columns:
        if name not in found:
            raise CopyFailed(f'column "{name}" of relation "{command.table}" does not exist')
    return [found[name] for name in command.columns]


def _table(command: CopyCommand) -> sql.Identifier:
    return sql.Identifier(*([command.schema] if command.schema else []), command.table)


def _copy_file(
    connection: Connection,
    command: CopyCommand,
    columns: list[Column],
    uri: str,
    file: IO[bytes],
    cancelled: Callable[[], bool],
) -> int:
    try:
        parquet = pq.ParquetFile(file)
    except pa.ArrowInvalid as error:
        raise redshift_parquet.scan_error(f"File '{uri}' has an invalid version number: it is no Parquet file", uri) from error
    redshift_parquet.check_schema(parquet.schema_arrow, columns, uri)
    names = sql.SQL(", ").join(sql.Identifier(column.name) for column in columns)
    statement = sql.SQL("copy {} ({}) from stdin (format csv)").format(_table(command), names)
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for batch in parquet.iter_batches(batch_size=ROWS_AT_ONCE):
            if cancelled():
                raise CopyFailed("cancelled")
            copy.write(_csv(redshift_parquet.as_text(batch, columns, uri)))
    return int(parquet.metadata.num_rows)


def _csv(batch: pa.RecordBatch) -> memoryview:
    """NULL is nothing, an empty text is quoted."""
    target = pa.BufferOutputStream()
    csv.write_csv(batch, target, csv.WriteOptions(include_header=False, quoting_style="all_valid"))
    return memoryview(target.getvalue())
