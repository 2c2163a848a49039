"""An S3 object as a stream of bytes, read in any order, that survives a dropped connection."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

import boto3
from botocore.exceptions import BotoCoreError

READ_BYTES = 8 * 1024 * 1024
ATTEMPTS = 5


class _ObjectStream(io.RawIOBase):
    """Reads an object by ranges; each range is asked for again when its connection breaks.

    Every range names the ETag of the first answer, so the bytes are those of one object however long it takes.
    """

    def __init__(self, bucket: str, key: str, version: str | None) -> None:
        self._client = boto3.client("s3")
        self._object = {"Bucket": bucket, "Key": key, **({"VersionId": version} if version else {})}
        head = self._client.head_object(**self._object)
        self._size: int = head["ContentLength"]
        self._object["IfMatch"] = head["ETag"]
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        self._position = max(0, start + offset)
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # the base says Buffer
        if self._position >= self._size:
            return 0
        last = min(self._position + len(buffer), self._size) - 1
        body = self._range(self._position, last)
        buffer[: len(body)] = body
        self._position += len(body)
        return len(body)

    def _range(self, first: int, last: int) -> bytes:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = self._client.get_object(**self._object, Range=f"bytes={first}-{last}")
                return cast(bytes, answer["Body"].read())
            except BotoCoreError:
                if attempt == ATTEMPTS:
                    raise
        raise AssertionError("unreachable: the last attempt returns or raises")


def open_object(bucket: str, key: str, version: str | None = None) -> BinaryIO:
    """The bytes of the object's version, or of its newest one, read READ_BYTES at a time."""
    return io.BufferedReader(_ObjectStream(bucket, key, version), buffer_size=READ_BYTES)
