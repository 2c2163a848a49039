"""Files that a job puts into the inbox, each once."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable
from typing import Any

import boto3
from botocore.exceptions import ClientError


def put_lines(bucket: str, key: str, lines: Iterable[str]) -> dict[str, Any]:
    """Puts the lines as a file, unless it is there with the same bytes; says which version it is, and its size."""
    digest, size = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as file:
        for line in lines:
            written = f"{line}\n".encode()
            digest.update(written)
            size += len(written)
            file.write(written)
        file.seek(0)
        client = boto3.client("s3")
        sha256 = digest.hexdigest()
        version = _version_there(client, bucket, key, sha256)
        if version is None:
            answer = client.put_object(
                Bucket=bucket, Key=key, Body=file, ContentType="application/jsonl", Metadata={"sha256": sha256}
            )
            version = answer["VersionId"]
    return {"bucket": bucket, "key": key, "versionId": version, "size": size}


def _version_there(client: Any, bucket: str, key: str, sha256: str) -> str | None:
    """The version in the inbox, if it has these bytes: a run that was cut off had put it there."""
    try:
        head = client.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return None
        raise
    return str(head["VersionId"]) if head["Metadata"].get("sha256") == sha256 else None
