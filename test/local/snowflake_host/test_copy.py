"""``copy into`` from the lake, as the loader sends it."""

from __future__ import annotations

import pytest
from running_snowflake import LAKE, RunningSnowflake

COLUMNS = "store_token, transaction_id, receipt_token, transaction_time, amount, user_role"
OWN = "batch_date, loaded_at, file_name, file_row_number"
HEADER = "store_token,transaction_id,receipt_token,transaction_time,amount,user_role\n"
ROW = "s1,t1,r1,20250111T100000.000,10.50,customer\n"
# A record with a column too few or too many has no row number, and so cannot be loaded.
COUNTED = "iff($6 is null or $7 is not null, null, metadata$file_row_number)"


def copy(file: str, skip_header: int = 0, more: str = "", row_number: str = "metadata$file_row_number") -> str:
    return f"""copy into raw.sales ({COLUMNS}, {OWN})
    from (select $1, $2, $3, $4, $5, $6, to_date('2025-01-11'), current_timestamp(), metadata$filename, {row_number}
        from @raw.lake)
    files = ('{file}')
    file_format = (type = csv, skip_header = {skip_header}, field_optionally_enclosed_by = '"', escape_unenclosed_field = none,
        empty_field_as_null = false, null_if = ())
    on_error = abort_statement {more}"""


def loaded(snowflake: RunningSnowflake, file: str) -> list[list[str | None]]:
    sql = f"select {COLUMNS}, file_row_number from raw.sales where file_name = ? order by file_row_number"
    return snowflake.rows(sql, bindings={"1": {"type": "TEXT", "value": f"bronze/{file}"}})


def test_a_file_becomes_rows_with_where_they_came_from(snowflake: RunningSnowflake) -> None:
    file = snowflake.stage(ROW + 's2,t2,"a ""quoted"", r","",2,\n')
    status, answer = snowflake.submit(copy(file))
    assert status == 200
    names = [column["name"] for column in answer["resultSetMetaData"]["rowType"]]
    assert dict(zip(names, answer["data"][0], strict=True)) == {
        "file": f"s3://{LAKE}/bronze/{file}", "status": "LOADED", "rows_parsed": "2", "rows_loaded": "2", "error_limit": "1",
        "errors_seen": "0", "first_error": None, "first_error_line": None, "first_error_character": None,
        "first_error_column_name": None,
    }  # fmt: skip
    assert loaded(snowflake, file) == [
        ["s1", "t1", "r1", "20250111T100000.000", "10.50", "customer", "1"],
        ["s2", "t2", 'a "quoted", r', "", "2", "", "2"],
    ]
    sql = "select batch_date, loaded_at <= current_timestamp() from raw.sales where file_name = ? limit 1"
    ours = {"1": {"type": "TEXT", "value": f"bronze/{file}"}}
    assert snowflake.rows(sql, bindings=ours) == [["20099", "true"]]


@pytest.mark.parametrize(("skip", "first"), [(0, "store_token"), (1, "s1")])
def test_a_header_is_skipped_when_told(snowflake: RunningSnowflake, skip: int, first: str) -> None:
    file = snowflake.stage(HEADER + ROW)
    snowflake.rows(copy(file, skip))
    rows = loaded(snowflake, file)
    assert (len(rows), rows[0][0], rows[0][-1]) == (2 - skip, first, "1")


def test_line_ends_of_all_kinds_and_lines_within_quotes(snowflake: RunningSnowflake) -> None:
    file = snowflake.stage(f'{ROW.strip()}\r\ns2,t2,"one\ntwo\r\nthree",x,1,y\rs3,t3,,,,')
    snowflake.rows(copy(file))
    assert [row[2] for row in loaded(snowflake, file)] == ["r1", "one\ntwo\r\nthree", ""]


def test_the_same_file_twice_is_loaded_once_and_force_loads_it_again(snowflake: RunningSnowflake) -> None:
    file = snowflake.stage(ROW)
    snowflake.rows(copy(file))
    assert snowflake.rows(copy(file))[0][1:4] == ["LOAD_SKIPPED", "0", "0"]
    assert len(loaded(snowflake, file)) == 1
    snowflake.rows(copy(file, more="force = true"))
    assert len(loaded(snowflake, file)) == 2


def test_new_bytes_under_the_same_name_are_loaded(snowflake: RunningSnowflake) -> None:
    file = snowflake.stage(ROW)
    snowflake.rows(copy(file))
    snowflake.stage(ROW.replace("10.50", "11.00"), file)
    assert snowflake.rows(copy(file))[0][1] == "LOADED"
    assert [row[4] for row in loaded(snowflake, file)] == ["10.50", "11.00"]


@pytest.mark.parametrize("bad", ["s2,t2,r2,x,1\n", "s2,t2,r2,x,1,y,z\n", "\n"])
def test_a_record_of_other_columns_fails_the_whole_file(snowflake: RunningSnowflake, bad: str) -> None:
    file = snowflake.stage(ROW + bad + ROW)
    code, message = snowflake.refusal(copy(file, row_number=COUNTED))
    assert code == "100072"
    assert message.startswith(f"NULL result in a non-nullable column\n  File 'bronze/{file}', line 2, character 1\n")
    assert loaded(snowflake, file) == []
    # Not skipped when it is right.
    snowflake.stage(ROW, file)
    assert snowflake.rows(copy(file, row_number=COUNTED))[0][1] == "LOADED"


def test_without_that_snowflake_loads_such_a_record_whatever_the_option_says(snowflake: RunningSnowflake) -> None:
    file = snowflake.stage("s2,t2\n")
    snowflake.rows(copy(file).replace("null_if = ()", "null_if = (), error_on_column_count_mismatch = true"))
    assert loaded(snowflake, file) == [["s2", "t2", None, None, None, None, "1"]]


def test_a_quote_that_does_not_end_fails_with_its_place(snowflake: RunningSnowflake) -> None:
    file = snowflake.stage(ROW + 's2,"t2"x,r2,x,1,y\n')
    code, message = snowflake.refusal(copy(file))
    assert code == "100066"
    assert f"File 'bronze/{file}', line 2, character 8\n  Row 2 starts at line 1, column \"SALES\"[2]" in message
    assert loaded(snowflake, file) == []


def test_load_history_tells_what_was_loaded_and_what_failed(snowflake: RunningSnowflake) -> None:
    good, bad = snowflake.stage(ROW + ROW), snowflake.stage('"\n')
    snowflake.rows(copy(good))
    snowflake.refusal(copy(bad))
    sql = """select status, row_count, row_parsed from assay.information_schema.load_history
        where table_name = 'SALES' and file_name = ?"""

    def history(file: str) -> list[list[str | None]]:
        return snowflake.rows(sql, bindings={"1": {"type": "TEXT", "value": f"s3://{LAKE}/bronze/{file}"}})

    assert history(good) == [["LOADED", "2", "2"]]
    assert history(bad) == [["LOAD_FAILED", "0", "0"]]
    call = """table(information_schema.copy_history(
        table_name => 'RAW.SALES', start_time => dateadd('hour', -1, current_timestamp())))"""
    assert snowflake.rows(f"select status, row_count from {call} where file_name = '{good}'") == [["Loaded", "2"]]


def test_a_replay_replaces_a_files_rows_in_one_transaction(snowflake: RunningSnowflake) -> None:
    file = snowflake.stage(ROW + ROW)
    snowflake.rows(copy(file))
    delete = f"delete from raw.sales where file_name = 'bronze/{file}'"
    snowflake.stage(ROW, file)
    status, answer = snowflake.all("begin", delete, copy(file, more="force = true"), "commit")
    assert (status, len(answer["statementHandles"])) == (200, 4)
    assert len(loaded(snowflake, file)) == 1

    snowflake.stage('"broken\n', file)
    status, answer = snowflake.all("begin", delete, copy(file, more="force = true"), "commit")
    assert (status, answer["code"]) == (422, "100068")
    assert len(loaded(snowflake, file)) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("abort_statement", "continue", "invalid value [continue] for parameter 'ON_ERROR'"),
        ("on_error", "purge = true on_error", "COPY option PURGE"),
        ("type = csv", "type = csv, parse_header = true", "option PARSE_HEADER"),
        ("escape_unenclosed_field = none,", "", "without ESCAPE_UNENCLOSED_FIELD = NONE"),
        ("current_timestamp()", "current_user()", "CURRENT_USER() in a COPY transformation"),
    ],
)  # fmt: skip
def test_what_it_does_not_know_is_refused_by_name(snowflake: RunningSnowflake, old: str, new: str, said: str) -> None:
    assert said in snowflake.refusal(copy("x.csv").replace(old, new))[1]


def test_a_file_that_is_not_there(snowflake: RunningSnowflake) -> None:
    assert snowflake.refusal(copy("nowhere.csv"))[0] == "091016"
