"""Functions by what becomes of a call on the laptop; one that is in none of these lists is refused."""

from __future__ import annotations


def named(text: str) -> frozenset[str]:
    return frozenset(text.split())


# They mean the same in both, or what redshift_functions.sql makes of them there.
KEPT = named(
    """
    abs acos add_months any_value ascii asin atan atan2 avg bit_and bit_or bool_and bool_or btrim ceil ceiling charindex
    character_length char_length chr coalesce convert_timezone cos cot count cume_dist current_database current_user
    date_part date_trunc dateadd datediff degrees dense_rank exp first_value floor getdate greatest grouping
    initcap lag last_day last_value lead least left len length ln log lower lpad ltrim max md5 min mod nth_value ntile nullif
    octet_length percent_rank percentile_cont percentile_disc pg_backend_pid pg_last_copy_count pi power quote_ident
    quote_literal radians random rank regexp_count regexp_instr regexp_replace regexp_substr repeat replace reverse right
    round row_number rpad rtrim sha2 sign sin split_part sqrt stddev stddev_pop stddev_samp strpos strtol substr sum
    sysdate tan to_char to_date to_number to_timestamp translate trunc upper var_pop var_samp variance width_bucket
    """
)

# Rewritten into other syntax by redshift_calls.
REWRITTEN = frozenset(
    {"concat", "date_add", "date_diff", "decode", "isnull", "listagg", "median", "nvl", "nvl2", "ratio_to_report", "pow"}
)

# Redshift has them, the laptop does not.
NOT_HERE = named(
    """
    array array_concat bpcharcmp bttext_pattern_cmp checksum cosh crc32 dexp farmfingerprint64
    fnv_hash func_sha1 get_array_length hll hll_cardinality is_valid_json json_array_length json_extract_array_element_text
    json_extract_path_text json_parse json_serialize can_json_parse json_typeof months_between next_day object sha sha1 sinh
    soundex difference split_to_array subarray tanh to_varbyte url_decode url_encode is_array is_object
    """
)

LEADER_NODE = "runs on Redshift's leader node alone and fails beside a table"

# What PostgreSQL has and Redshift lacks, and what to write.
LACKING: dict[str, str] = {
    "age": f"age() {LEADER_NODE}: use datediff",
    "array_agg": "Redshift has no array_agg: use listagg",
    "array_to_string": "Redshift has no arrays: use listagg",
    "clock_timestamp": f"clock_timestamp() {LEADER_NODE}: use getdate()",
    "concat_ws": "Redshift has no concat_ws: use ||",
    "current_schema": f"current_schema() {LEADER_NODE}",
    "current_setting": f"current_setting() {LEADER_NODE}",
    "date_bin": "Redshift has no date_bin: use date_trunc",
    "encode": "Redshift has no encode()",
    "every": "Redshift has no every(): use bool_and",
    "format": "Redshift has no format(): use ||",
    "gen_random_uuid": "Redshift makes no UUIDs",
    "generate_series": f"generate_series() {LEADER_NODE}: number the rows of a table, or use a recursive cte",
    "generate_subscripts": f"generate_subscripts() {LEADER_NODE}",
    "hashtext": "Redshift has no hashtext(): use strtol(substring(md5(…), 1, 15), 16)",
    "json_agg": "Redshift has no JSON aggregates",
    "json_build_object": "Redshift has no JSON constructors",
    "jsonb_agg": "Redshift has no jsonb",
    "jsonb_build_object": "Redshift has no jsonb",
    "justify_days": "Redshift has no justify_days()",
    "make_date": "Redshift has no make_date: cast a string, or to_date",
    "make_interval": "Redshift has no make_interval: use dateadd",
    "make_timestamp": "Redshift has no make_timestamp: cast a string",
    "mode": "Redshift has no mode()",
    "now": f"now() {LEADER_NODE}: use getdate() or sysdate",
    "nextval": "Redshift has no sequences: use an identity column",
    "pg_sleep": "Redshift has no pg_sleep()",
    "row_to_json": "Redshift has no row_to_json()",
    "statement_timestamp": f"statement_timestamp() {LEADER_NODE}: use getdate()",
    "string_agg": "Redshift has no string_agg: use listagg … within group",
    "string_to_array": "Redshift has no arrays: use split_part",
    "timeofday": f"timeofday() {LEADER_NODE}: use getdate()",
    "to_hex": f"to_hex() {LEADER_NODE}",
    "transaction_timestamp": f"transaction_timestamp() {LEADER_NODE}: use sysdate",
    "unnest": "Redshift has no unnest() of PostgreSQL's arrays",
    "xmlagg": "Redshift has no XML",
}

# Abbreviations that Redshift documents, by the part they stand for.
PARTS: dict[str, str] = {
    word: part
    for part, words in {
        "year": "year years y yr yrs",
        "quarter": "quarter quarters qtr qtrs",
        "month": "month months mon mons",
        "week": "week weeks w",
        "day": "day days d",
        "hour": "hour hours h hr hrs",
        "minute": "minute minutes m min mins",
        "second": "second seconds s sec secs",
        "millisecond": "millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs",
        "microsecond": "microsecond microseconds us usec usecs usecond useconds microsec microsecs",
        "dow": "dow dayofweek dw weekday",
        "doy": "doy dayofyear dy yearday",
        "epoch": "epoch",
    }.items()
    for word in words.split()
}
