"""JSON in which numbers stay the text that they are written as, read and written without losing a digit."""

from __future__ import annotations

import json
import re
from typing import Any

# Half of a pair, which is no character and cannot be written as UTF-8.
HALF_SURROGATE = re.compile("[\ud800-\udfff]")


class Number(str):
    """A number as it is written."""

    __slots__ = ()


def read_json(text: str | bytes) -> Any:
    """The value; numbers are Number. NaN and Infinity, which Python would take, are no JSON: ValueError."""
    return json.loads(text, parse_int=Number, parse_float=Number, parse_constant=_refused)


def json_text(value: Any) -> str:
    """The value in one line, without blanks; keys in the order in which they came."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{json_text(str(key))}:{json_text(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    return json.dumps(value, ensure_ascii=isinstance(value, str) and bool(HALF_SURROGATE.search(value)))


def _refused(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")
