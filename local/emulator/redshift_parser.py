"""sqlglot's Redshift dialect with what Redshift documents beyond it, and every function call left under its own name.

sqlglot turns functions into its own idea of them, which loses what they mean in Redshift: DATEDIFF counts boundaries, STRTOL
is no FROM_BASE. Left as they are written, they are looked up in ``redshift_functions`` and refused when they are not there.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, ClassVar

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.dialects.redshift import Redshift
from sqlglot.errors import SqlglotError
from sqlglot.parsers.redshift import RedshiftParser
from sqlglot.tokenizer_core import Token, TokenType

# It warns of statements that it does not parse; here they are refused by name.
logging.getLogger("sqlglot").setLevel(logging.ERROR)

# Calls whose arguments are no plain list.
OWN_SYNTAX = ("CAST", "CONVERT", "EXTRACT", "POSITION", "SUBSTRING", "TRIM")


class Physical(exp.Property):
    """How a table is stored: DISTSTYLE, DISTKEY, SORTKEY, ENCODE, BACKUP. No meaning for what it answers."""

    arg_types: ClassVar[dict[str, bool]] = {"this": True}


class PhysicalColumn(exp.EncodeColumnConstraint):
    """The same for a column."""

    arg_types: ClassVar[dict[str, bool]] = {"this": False}


def _skip_list(parser: Any) -> Any:
    if not parser._match_text_seq("AUTO") and not parser._match_text_seq("NONE"):
        parser._parse_wrapped_id_vars()
    return parser.expression(Physical(this="key"))


def _skip_sort_key(parser: Any) -> Any:
    parser._match_text_seq("SORTKEY")
    return _skip_list(parser)


def _skip_word(parser: Any) -> Any:
    parser._advance()
    return parser.expression(Physical(this="word"))


class DocumentedRedshift(Redshift):
    class Parser(RedshiftParser):
        FUNCTIONS: ClassVar[dict[str, Callable[..., Any]]] = {}
        FUNCTION_PARSERS: ClassVar[dict[str, Callable[..., Any]]] = {
            name: RedshiftParser.FUNCTION_PARSERS[name] for name in OWN_SYNTAX
        }
        PROPERTY_PARSERS: ClassVar[dict[str, Callable[..., Any]]] = {
            **RedshiftParser.PROPERTY_PARSERS,
            "DISTKEY": _skip_list,
            "SORTKEY": _skip_list,
            "COMPOUND": _skip_sort_key,
            "INTERLEAVED": _skip_sort_key,
            "DISTSTYLE": _skip_word,
            "ENCODE": _skip_word,
            "BACKUP": _skip_word,
        }
        CONSTRAINT_PARSERS: ClassVar[dict[str, Callable[..., Any]]] = {
            **RedshiftParser.CONSTRAINT_PARSERS,
            "DISTKEY": lambda parser: parser.expression(PhysicalColumn()),
            "SORTKEY": lambda parser: parser.expression(PhysicalColumn()),
            "ENCODE": lambda parser: parser.expression(PhysicalColumn(this=parser._parse_var(any_token=True))),
        }


class NotRedshift(Exception):
    """What Redshift itself would not take, in words like its own."""


def single(sql: str) -> tuple[str, list[Token]]:
    """The one statement in ``sql``, without comments around it and the semicolon; its tokens."""
    try:
        tokens = DocumentedRedshift().tokenize(sql)
    except SqlglotError as error:
        raise NotRedshift(f"syntax error: {error}") from error
    while tokens and tokens[-1].token_type == TokenType.SEMICOLON:
        tokens.pop()
    if not tokens:
        raise NotRedshift("there is no statement in it")
    if any(token.token_type == TokenType.SEMICOLON for token in tokens):
        raise NotRedshift("cannot insert multiple commands into a prepared statement")
    return sql[tokens[0].start : tokens[-1].end + 1], tokens


def parse(text: str) -> exp.Expr:
    try:
        tree = sqlglot.parse_one(text, dialect=DocumentedRedshift, error_level=ErrorLevel.RAISE)
    except SqlglotError as error:
        details = getattr(error, "errors", None)
        where = (
            f'{details[0]["description"]} at line {details[0]["line"]}, near "{details[0]["highlight"]}"' if details else error
        )
        raise NotRedshift(f"syntax error: {where}") from error
    return tree
