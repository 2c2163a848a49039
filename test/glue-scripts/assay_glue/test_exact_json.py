"""JSON that is written as it was read."""

from __future__ import annotations

import pytest

from assay_glue.exact_json import json_text, read_json


@pytest.mark.parametrize("text", ['{"a":[1.10,-0,1e5,"\u00e9",null,true,{"b":"\\u0000"}]}', "[]", '"x"'])
def test_json_is_written_as_it_was_read(text: str) -> None:
    assert json_text(read_json(text)) == text


def test_what_is_no_json_is_not_read() -> None:
    with pytest.raises(ValueError, match="NaN is no JSON"):
        read_json('{"a": NaN}')
