"""GetObject with both a version and a range: ministack 1.5.33 forgets the range, and answers with all of a large file."""

from __future__ import annotations

from typing import Any

from ministack.services import s3


def install() -> None:
    get = s3._get_object

    def get_object(bucket: str, key: str, headers: dict[str, str], query: dict[str, Any] | None = None) -> Any:
        version = s3._qp(query or {}, "versionId", "")
        if version and headers.get("range") and _is_current(bucket, key, version):
            query = {name: value for name, value in (query or {}).items() if name != "versionId"}
        return get(bucket, key, headers, query)

    s3._get_object = get_object


def _is_current(bucket: str, key: str, version: str) -> bool:
    """Asked without its version, the object is the same, and the range is kept."""
    record = s3._buckets.get(bucket) or {}
    current = record.get("objects", {}).get(key) or {}
    return bool(current.get("version_id") == version)
