"""Objects of a stage, fetched from the emulator's S3 where Snowflake would read a bucket by its storage integration."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from botocore.exceptions import ClientError

from snowflake_host.errors import SnowflakeError

SCHEME = "s3://"


@dataclass(frozen=True)
class StagedObject:
    bucket: str
    key: str
    # The stage's URL; ``path`` is what comes after it.
    location: str
    etag: str
    size: int

    @property
    def url(self) -> str:
        return f"{SCHEME}{self.bucket}/{self.key}"

    @property
    def path(self) -> str:
        return self.url.removeprefix(self.location)

    def fetch(self) -> bytes:
        # The object that was looked at, should it be replaced meanwhile.
        content: bytes = _s3().get_object(Bucket=self.bucket, Key=self.key, IfMatch=self.etag)["Body"].read()
        return content


def find(url: str, path: str, files: list[str]) -> Iterator[StagedObject]:
    """The named files of the stage at that URL."""
    bucket, _, prefix = url.removeprefix(SCHEME).partition("/")
    for file in files:
        key = f"{prefix}{path}{file}"
        try:
            found = _s3().head_object(Bucket=bucket, Key=key)
        except ClientError:
            raise SnowflakeError("091016", "22000", _not_found(f"{SCHEME}{bucket}/{key}")) from None
        yield StagedObject(bucket, key, url, found["ETag"], found["ContentLength"])


def _not_found(url: str) -> str:
    return (
        f"Remote file '{url}' was not found. There are several potential causes. The file might not exist. The required "
        "credentials may be missing or invalid. If you are running a copy command, please make sure files are not deleted when "
        "they are being loaded or files are not being loaded into two different tables concurrently with auto purge option."
    )


@cache
def _s3() -> Any:
    return boto3.client("s3", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
