"""The body of a procedure in Redshift's PL/pgSQL, cut into the SQL in it and the words between.

Known are SQL statements, ``select … into``, ``if`` and ``raise``; what else PL/pgSQL has is refused by name.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from sqlglot.tokenizer_core import TokenType

from emulator.redshift_calls import NotTranslated
from emulator.redshift_commands import check_in_transaction
from emulator.redshift_parser import NotRedshift
from emulator.redshift_procedure_words import Words

PLAIN = "case close commit continue copy execute exit explain fetch get move null open perform return rollback savepoint start"
REFUSED = {
    **{word: word for word in PLAIN.split()},
    **dict.fromkeys(("for", "loop", "while"), "a loop"),
    **dict.fromkeys(("begin", "declare"), "a block in a block"),
    "<<": "a label",
    "exception": "an exception block",
    "truncate": "truncate, which commits there,",
}
# Types that no column has.
REFUSED_TYPES = {"%": "%type", "alias": "alias", "constant": "constant", "cursor": "a cursor", "record": "record"}
LEVELS = ("exception", "info", "log", "notice", "warning")
VALUES = {":=", "=", "default"}
CHANGES = {TokenType.INSERT, TokenType.UPDATE, TokenType.DELETE, TokenType.MERGE}
# What stands before and after a part of the body where the two together are a statement that can be checked and translated.
STATEMENT = ("", "")
EXPRESSION = ("SELECT ", "")
DECLARATION = ("CREATE TABLE declared (", ")")


@dataclass(frozen=True)
class Piece:
    """SQL to translate; words that stay as they are when it has no frame."""

    number: int
    text: str
    frame: tuple[str, str] | None = None
    into: tuple[str, ...] = ()

    @property
    def sql(self) -> str:
        before, after = self.frame or STATEMENT
        return f"{before}{self.text}{after}"

    @property
    def place(self) -> str:
        return f'{_place(self.number)}, "{textwrap.shorten(self.text, 60, placeholder="…")}"'


class BodyReader:
    def __init__(self, body: str, variables: set[str]) -> None:
        self._words = Words(body)
        self._variables = set(variables)
        self._number = 0

    def read(self) -> list[Piece]:
        """NotRedshift and NotTranslated name the statement by its number."""
        try:
            return [*self._declarations(), *self._block()]
        except NotTranslated as error:
            raise NotTranslated(f"{_place(self._number)}: {error.what}") from error
        except NotRedshift as error:
            raise NotRedshift(f"{_place(self._number)}: {error}") from error

    def _declarations(self) -> Iterator[Piece]:
        if self._words.next() == "declare":
            self._words.take("declare")
            yield Piece(0, "declare\n")
            while self._words.next() != "begin":
                yield from self._declaration()

    def _block(self) -> Iterator[Piece]:
        self._words.take("begin")
        yield Piece(0, "begin\n")
        yield from self._statements({"end"})
        self._words.take("end")
        yield Piece(0, "end;\n")
        if self._words.next() == ";":
            self._words.take(";")
        if not self._words.is_end:
            raise NotRedshift(f'syntax error at or near "{self._words.next()}", after the end of the body')

    def _end_of_statement(self) -> Piece:
        self._words.take(";")
        return Piece(self._number, ";\n")

    def _declaration(self) -> Iterator[Piece]:
        tokens = self._words.take_statement()
        words = [self._words.word(at) for at in tokens]
        for word in words:
            if word in REFUSED_TYPES:
                raise NotTranslated(f"{REFUSED_TYPES[word]} in the declarations of a procedure")
        self._variables.add(words[0].strip('"'))
        value = next((place for place, word in enumerate(words) if word in VALUES), len(words))
        yield Piece(0, self._words.text(tokens[:value]), DECLARATION)
        if value < len(words):
            yield Piece(0, " := ")
            yield Piece(0, self._words.text(tokens[value + 1 :]), EXPRESSION)
        yield self._end_of_statement()

    def _statements(self, ends: set[str]) -> Iterator[Piece]:
        while self._words.next() not in ends:
            self._number += 1
            word = self._words.next()
            if word in REFUSED:
                raise NotTranslated(f"{REFUSED[word]} in a procedure")
            if self._words.next(1) in {":=", "="}:
                raise NotTranslated("an assignment in a procedure, for which there is select … into,")
            if word == "if":
                yield from self._if()
            else:
                yield self._raise() if word == "raise" else self._sql()
            yield self._end_of_statement()

    def _if(self) -> Iterator[Piece]:
        while (word := self._words.next()) in {"if", "elsif"}:
            self._words.take(word)
            yield Piece(self._number, f"{word} ")
            yield Piece(self._number, self._words.text(self._words.take_until("then")), EXPRESSION)
            self._words.take("then")
            yield Piece(self._number, " then\n")
            yield from self._statements({"elsif", "else", "end"})
        if self._words.next() == "else":
            self._words.take("else")
            yield Piece(self._number, "else\n")
            yield from self._statements({"end"})
        self._words.take("end", "if")
        yield Piece(self._number, "end if")

    def _raise(self) -> Piece:
        """Its arguments are variables alone in Redshift, as they were in PostgreSQL 8.0."""
        tokens = self._words.take_statement()
        words = [self._words.word(at) for at in tokens]
        if len(words) < 3 or words[1] not in LEVELS or self._words.token(tokens[2]).token_type != TokenType.STRING:
            raise NotRedshift(f"expected raise {'|'.join(LEVELS)} 'format' [, variable …]")
        if len(words) % 2 == 0 or set(words[3::2]) - {","}:
            raise NotRedshift("raise takes variables, no expressions")
        for at in tokens[4::2]:
            self._variable(at)
        return Piece(self._number, self._words.text(tokens))

    def _sql(self) -> Piece:
        tokens = self._words.take_statement()
        text = self._words.text(tokens)
        check_in_transaction(text)
        outside = self._outside_of_parentheses(tokens)
        if self._words.word(tokens[0]) not in {"select", "with"} or any(kind in CHANGES for _, kind in outside):
            return Piece(self._number, text, STATEMENT)
        into = next((at for at, kind in outside if kind == TokenType.INTO), None)
        if into is None:
            raise NotRedshift("query has no destination for result data")
        after = into + 2
        while after < tokens.stop and self._words.word(after) == ",":
            after += 2
        targets = tuple(self._variable(at) for at in range(into + 1, min(after, tokens.stop), 2))
        query = f"{self._words.text(range(tokens.start, into))} {self._words.text(range(after, tokens.stop))}"
        return Piece(self._number, query.rstrip(), STATEMENT, targets)

    def _outside_of_parentheses(self, tokens: range) -> list[tuple[int, TokenType]]:
        depth, found = 0, []
        for at in tokens:
            kind = self._words.token(at).token_type
            depth += {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(kind, 0)
            if depth == 0:
                found.append((at, kind))
        return found

    def _variable(self, at: int) -> str:
        if self._words.name(at) not in self._variables:
            raise NotRedshift(f'"{self._words.text(range(at, at + 1))}" is not a known variable')
        return self._words.text(range(at, at + 1))


def _place(number: int) -> str:
    return f"statement {number}" if number else "declaration"
