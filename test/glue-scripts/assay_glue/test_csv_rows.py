"""Which cell of a file is which column: by the names of today and those that older files have."""

import io

import pytest

from assay_glue.csv_rows import csv_batches as record_batches
from assay_glue.row_batches import Layout, arrow_schema

COLUMNS = ["id", "item", "channel"]
LAYOUT = Layout(former_names={"item": "Product"}, later=frozenset({"channel"}))


def rows(text: str) -> list[tuple[object, ...]]:
    """The cells of each row, or why there are none."""
    batches = record_batches(io.BytesIO(text.encode()), COLUMNS, LAYOUT, arrow_schema(COLUMNS))
    read = [row for batch in batches for row in batch.to_pylist()]
    return [(row["_unreadable"],) if row["_unreadable"] else tuple(row[name] for name in COLUMNS) for row in read]


@pytest.mark.parametrize(
    "text, cells",
    [
        ("channel,item,id\nweb,tea,1\n", ("1", "tea", "web")),
        ("ID,PRODUCT,Channel\n1,tea,web\n", ("1", "tea", "web")),
        ("item,id\ntea,1\n", ("1", "tea", None)),
        ("product,id\n,1\n", ("1", None, None)),
    ],
    ids=["today's names", "an old name", "before the column came", "both"],
)
def test_columns_are_found_by_the_names_that_they_have_had(text: str, cells: tuple[object, ...]) -> None:
    assert rows(text) == [cells]


@pytest.mark.parametrize(
    "header, error",
    [
        ("id,item,product", "DuplicateColumn: the file has the column item twice: item, product"),
        ("id,channel", "MissingColumn: line 1: the header has no column item"),
        ("id,item,id", "DuplicateColumn: the file has the column id twice: id, id"),
    ],
)
def test_a_header_that_is_not_clear_ends_the_reading(header: str, error: str) -> None:
    assert rows(f"{header}\n1,2,3\n") == [(error,)]
