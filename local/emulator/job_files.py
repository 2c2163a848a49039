"""A job's script and modules, from the emulator's S3 onto disk."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from ministack.services import s3


class FileNotThere(Exception):
    """A script or module that the job names and S3 does not have."""


def fetch(uri: str, folder: Path) -> Path:
    """The object as a file. Its folder is named by its content, so that no process ever sees another version under the name."""
    bucket, _, key = uri.removeprefix("s3://").partition("/")
    content = s3._get_object_data(bucket, key) if uri.startswith("s3://") else None
    if content is None:
        raise FileNotThere(f"{uri or 'a script without a location'} does not exist: deploy again")
    target = folder / hashlib.sha256(content).hexdigest()[:16] / Path(key).name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.{os.getpid()}.part")
        part.write_bytes(content)
        part.replace(target)
    return target


def import_path(file: Path) -> str:
    """What goes on Python's search path for it: a zip itself, a module's folder."""
    return str(file if file.suffix in {".zip", ".egg", ".whl"} else file.parent)
