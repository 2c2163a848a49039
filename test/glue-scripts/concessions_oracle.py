"""What concessions must become, made without anything of the product."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]


def pick(**values: tuple[Any, ...]) -> Record:
    """Each name with what is under its keys, or None."""
    row = {}
    for name, (inside, *keys) in values.items():
        for key in keys:
            inside = inside.get(key) if isinstance(inside, dict) else None
        row[name] = inside
    return row


def oracle(records: list[Record]) -> dict[str, list[Record]]:
    """The rows of all datasets, by hand."""
    rows: dict[str, list[Record]] = {f"concession{name}": [] for name in ("s", "_lines", "_adjustments", "_contacts")}
    for record in records:
        shared = {"concession_id": (record, "concession_id"), "updated_at": (record, "updated_at")}
        own = {name: (record, name) for name in ("store_token", "reference", "status", "opened_on")}
        rows["concessions"].append(pick(**shared, **own))
        for line in record.get("lines") or []:
            at = {**shared, "line_id": (line, "line_id")}
            rows["concession_lines"].append(pick(**at, sku=(line, "sku"), quantity=(line, "quantity"), **money(line)))
            for adjustment in line.get("adjustments") or []:
                below = {**at, "adjustment_id": (adjustment, "adjustment_id")}
                found = pick(**below, reason=(adjustment, "reason"), **money(adjustment))
                rows["concession_adjustments"].append(found)
                rows["concession_contacts"] += [contact_row(below, each) for each in adjustment.get("contacts") or []]
    return rows


def money(inside: Record) -> dict[str, tuple[Any, ...]]:
    return {"amount": (inside, "amount", "value"), "currency": (inside, "amount", "currency")}


def contact_row(above: dict[str, tuple[Any, ...]], contact: Record) -> Record:
    """With the keys that nobody knows: they are refused."""
    known = ("contact_id", "role", "name", "email")
    unknown = {key: value for key, value in contact.items() if key not in known}
    return pick(**above, **{name: (contact, name) for name in known}) | unknown
