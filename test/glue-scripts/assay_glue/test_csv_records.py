"""CSV records: every row, its exact text and line, whatever the file does."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay_glue.csv_records import Dialect, read_records
from assay_glue.records import Reason, Record, UnreadableFileError, physical_lines


def records(data: bytes, width: int | None = None, dialect: Dialect = Dialect()) -> list[Record]:
    return list(read_records(io.BytesIO(data), dialect, width))


def cells(data: bytes) -> list[list[str]]:
    return [record.cells for record in records(data)]


@pytest.mark.parametrize(
    "data",
    [
        b"a,b\n1,2\n3,4\n",
        b"a,b\r\n1,2\r\n3,4\r\n",
        b"a,b\r\n1,2\n3,4\r\n",
        b"a,b\r1,2\r3,4\r",
        b"a,b\n1,2\n3,4",
        b"\xef\xbb\xbfa,b\n1,2\n3,4\n",
        b'"a","b"\n"1","2"\n"3","4"\n',
        b"a,b\n\n1,2\n\n\n3,4\n\n",
        b" a , b \n 1 , 2 \n3,4 \n",
    ],
    ids=["lf", "crlf", "mixed", "cr", "no final newline", "bom", "quoted", "blank lines", "spaces"],
)
def test_the_same_rows_however_they_are_written(data: bytes) -> None:
    assert cells(data) == [["a", "b"], ["1", "2"], ["3", "4"]]


@pytest.mark.parametrize("chunk", range(1, 12))
def test_line_ends_survive_reading_in_parts(chunk: int) -> None:
    class Parts(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(chunk)

    assert list(physical_lines(Parts(b"ab\r\nc\rd\n\r\n"), 100)) == [b"ab\r\n", b"c\r", b"d\n", b"\r\n"]


@pytest.mark.parametrize(
    ("content", "end", "fits"), [(99, b"\n", True), (99, b"\r\n", True), (100, b"\n", False), (100, b"", False)]
)
def test_the_bound_of_a_line_is_exact(content: int, end: bytes, fits: bool) -> None:
    lines = physical_lines(io.BytesIO(b"a\n" + b"x" * content + end + b"b\n" * bool(end)), 100)
    if fits:
        assert list(lines)[:2] == [b"a\n", b"x" * content + end]
    else:
        with pytest.raises(UnreadableFileError, match="FieldTooLong: line 2"):
            list(lines)


def test_quoted_newline_delimiter_and_doubled_quote_are_exact() -> None:
    data = b'a,b\n"line 1\nline 2","x, ""y"""\n1,2\n'
    first, second = records(data)[1:]
    assert first == Record(2, '"line 1\nline 2","x, ""y"""', ["line 1\nline 2", 'x, "y"'])
    assert second == Record(4, "1,2", ["1", "2"])


def test_a_ragged_row_is_refused_and_the_next_one_is_read() -> None:
    short, long, good = records(b"a,b\n1\n1,2,3\n4,5\n")[1:]
    assert short.defects == [Reason("columns", None, "1 cell where the header has 2")]
    assert long.defects == [Reason("columns", None, "3 cells where the header has 2")]
    assert (good.cells, good.defects, good.line_number) == (["4", "5"], (), 4)


def test_an_undecodable_byte_is_named_with_its_offset_and_never_stored_as_u_fffd() -> None:
    refused, good = records("a,b\nMüller,1\nx,y\n".encode("latin-1"))[1:]
    assert refused.defects == [Reason("encoding", None, "byte 5 of the file is 0xfc, not UTF-8")]
    assert refused.raw == "M\\xfcller,1"
    assert good.defects == ()


def test_the_offset_counts_the_byte_order_mark() -> None:
    data = b"\xef\xbb\xbfa,b\nx,\xff\n"
    assert records(data)[1].defects == [Reason("encoding", None, f"byte {data.index(0xFF)} of the file is 0xff, not UTF-8")]


def test_nul_bytes_are_refused() -> None:
    assert [reason.rule for reason in records(b"a,b\n1\x00,2\n")[1].defects] == ["nul"]


def test_text_after_a_closing_quote_is_refused_with_the_raw_text() -> None:
    refused, good = records(b'a,b\n"1"x,2\n3,4\n')[1:]
    assert [reason.rule for reason in refused.defects] == ["csv"]
    assert refused.raw == '"1"x,2'
    assert good.cells == ["3", "4"]


def test_an_unclosed_quote_names_the_line_where_it_opens() -> None:
    with pytest.raises(UnreadableFileError, match="UnclosedQuote: line 3: a quote opens"):
        records(b'a,b\n1,2\n"3,4\n5,6\n')


def test_a_cell_beyond_the_limit_stops_the_file_in_bounded_memory() -> None:
    dialect = Dialect(max_field_bytes=1000)
    with pytest.raises(UnreadableFileError, match="FieldTooLong: line 2"):
        records(b"a,b\n1," + b"x" * 2000 + b"\n", dialect=dialect)
    with pytest.raises(UnreadableFileError, match="UnclosedQuote: line 2"):
        records(b'a,b\n1,"' + b"x\n" * 2000 + b"\n", dialect=dialect)


def test_a_hundred_megabytes_without_a_line_end_do_not_fill_the_memory() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # the base says Buffer
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    tracemalloc.start()
    with pytest.raises(UnreadableFileError, match="FieldTooLong: line 1"):
        list(read_records(io.BufferedReader(Endless()), Dialect()))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * 1024 * 1024


def test_text_is_normalized_to_nfc_and_trimmed_of_any_white_space() -> None:
    assert cells("a,b\nKo\u0308hler,\u00a0x\u2003\n".encode())[1] == ["Köhler", "x"]


CELL = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12).map(str.strip)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=20), st.booleans())
def test_whatever_is_written_is_read(rows: list[list[str]], crlf: bool) -> None:
    import csv
    import unicodedata

    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n" if crlf else "\n").writerows(rows)
    expected = [[unicodedata.normalize("NFC", cell) for cell in row] for row in rows]
    assert cells(out.getvalue().encode()) == expected


@given(st.binary(max_size=400))
def test_every_byte_of_any_file_is_in_some_record_or_the_file_is_refused(data: bytes) -> None:
    try:
        found = records(data, width=2)
    except UnreadableFileError:
        return
    text = "".join(record.raw for record in found)
    kept = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "backslashreplace")
    assert text.replace("\r", "").replace("\n", "") == kept.replace("\r", "").replace("\n", "")
