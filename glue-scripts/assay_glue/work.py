"""The work area: what one step of a run leaves for the next."""

from __future__ import annotations


def touched_keys_path(work_path: str, run_id: str, model: str) -> str:
    """Where the keys that a run touched in a model are kept, as Parquet."""
    return f"{work_path}/{run_id}/touched_keys/{model}"


def changes_path(work_path: str, folder: str) -> str:
    """Where the rows that a run changed in its dataset are kept, as Parquet: in the folder that the machine tells all who
    copy them."""
    return f"{work_path}/{folder}"
