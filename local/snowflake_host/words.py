"""A statement read word by word, for statements that sqlglot has no tree for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlglot.dialects.snowflake import Snowflake
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from snowflake_host.errors import invalid_value, syntax, unsupported

# What an option's value may be: a text, a whole number, yes or no, a list of texts, one of these words, or an identifier.
Kind = type[str] | type[int] | type[bool] | type[list[str]] | tuple[str, ...]
NAME: Kind = ()


def tokenize(sql: str) -> list[Token]:
    try:
        return Snowflake().tokenize(sql)
    except SqlglotError as error:
        raise syntax(str(error)) from None


def split(sql: str) -> list[str]:
    """The statements between semicolons, without their comments in front."""
    parts: list[str] = []
    start: int | None = None
    end = 0
    for token in tokenize(sql):
        if token.token_type is TokenType.SEMICOLON:
            if start is not None:
                parts.append(sql[start : end + 1])
            start = None
        else:
            start, end = token.start if start is None else start, token.end
    return parts if start is None else [*parts, sql[start : end + 1]]


class Words:
    """A cursor over the tokens of one statement."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self._tokens = tokenize(sql)
        self._at = 0

    @property
    def ended(self) -> bool:
        return self._at >= len(self._tokens)

    def _token(self) -> Token:
        if self.ended:
            raise syntax("syntax error unexpected '<EOF>'.")
        return self._tokens[self._at]

    def unexpected(self) -> Exception:
        token = self._token()
        return syntax(f"syntax error line {token.line} at position {token.start} unexpected '{token.text}'.")

    def sees(self, *words: str) -> bool:
        ahead = self._tokens[self._at : self._at + len(words)]
        return [t.text.upper() if t.token_type is not TokenType.STRING else None for t in ahead] == list(words)

    def accept(self, *words: str) -> bool:
        found = self.sees(*words)
        self._at += len(words) if found else 0
        return found

    def expect(self, *words: str) -> None:
        if not self.accept(*words):
            raise self.unexpected()

    def end(self) -> None:
        if not self.ended:
            raise self.unexpected()

    def word(self) -> str:
        token = self._token()
        self._at += 1
        return token.text.upper() if token.token_type is not TokenType.IDENTIFIER else token.text

    def name(self) -> str:
        """An identifier, perhaps qualified, as Snowflake stores it."""
        parts = [self._part()]
        while self.accept("."):
            parts.append(self._part())
        return ".".join(parts)

    def _part(self) -> str:
        token = self._token()
        if token.token_type in (TokenType.STRING, TokenType.NUMBER) or not (token.text[0].isalpha() or token.text[0] == "_"):
            raise self.unexpected()
        return self.word()

    def source_name(self) -> str:
        """A part of a path, as it was written."""
        self._part()
        return self._tokens[self._at - 1].text

    def text(self) -> str:
        token = self._token()
        if token.token_type is not TokenType.STRING:
            raise self.unexpected()
        self._at += 1
        return token.text

    def number(self) -> int:
        token = self._token()
        if token.token_type is not TokenType.NUMBER or not token.text.isdecimal():
            raise self.unexpected()
        self._at += 1
        return int(token.text)

    def texts(self) -> list[str]:
        """A list in parentheses, which may be empty."""
        self.expect("(")
        found: list[str] = []
        while not self.accept(")"):
            found.append(self.text())
            if not self.sees(")"):
                self.expect(",")
        return found

    def bracketed(self) -> str:
        """The source text between a parenthesis here and the one that closes it."""
        self.expect("(")
        start, depth = self._token().start, 1
        while depth:
            token = self._token()
            depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(token.token_type, 0)
            self._at += 1
        return self.sql[start : self._tokens[self._at - 1].start]

    @property
    def position(self) -> int:
        return self._token().start

    def before(self, count: int) -> int:
        """Where the word begins that was read that many words ago."""
        return self._tokens[self._at - count].start

    def step(self) -> None:
        self._token()
        self._at += 1

    def options(self, known: Mapping[str, Kind], until: str | None = None) -> dict[str, Any]:
        """``name = value`` as often as it comes; refuses a name that is not known, and one that comes twice."""
        found: dict[str, Any] = {}
        while not self.ended and not (until and self.sees(until)):
            name = self.word()
            if name not in known:
                raise unsupported(f"option {name}")
            if name in found:
                raise syntax(f"duplicate property {name}.")
            self.expect("=")
            found[name] = self.value(name, known[name])
            self.accept(",")
        return found

    def value(self, name: str, kind: Kind) -> Any:
        if kind is int:
            return self.number()
        if kind == NAME:
            return self.name()
        if isinstance(kind, tuple) or kind is bool:
            return self._one_of(name, kind if isinstance(kind, tuple) else ("TRUE", "FALSE"), kind is bool)
        if kind is str:
            return self.text()
        return self.texts() if self.sees("(") else [self.text()]

    def _one_of(self, name: str, allowed: tuple[str, ...], is_bool: bool) -> Any:
        token = self._token()
        word = token.text.upper()
        if word not in allowed:
            raise invalid_value(token.text, name)
        self._at += 1
        return word == "TRUE" if is_bool else word
