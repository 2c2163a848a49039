"""The words of a procedure's body, read one after the other."""

from __future__ import annotations

from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import Token, TokenType

from emulator.redshift_parser import NotRedshift, ProcedureBody

NO_NAMES = {TokenType.STRING, TokenType.NUMBER}


class Words:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        try:
            self._tokens = ProcedureBody().tokenize(text)
        except SqlglotError as error:
            raise NotRedshift(f"syntax error: {error}") from error

    @property
    def is_end(self) -> bool:
        return self._at == len(self._tokens)

    def next(self, ahead: int = 0) -> str:
        """As it is written, in lower case; nothing after the last."""
        return self.word(self._at + ahead) if self._at + ahead < len(self._tokens) else ""

    def word(self, at: int) -> str:
        return self.text(range(at, at + 1)).lower()

    def text(self, tokens: range) -> str:
        """What is written there, comments in it too."""
        return self._text[self._tokens[tokens[0]].start : self._tokens[tokens[-1]].end + 1] if tokens else ""

    def token(self, at: int) -> Token:
        return self._tokens[at]

    def take(self, *words: str) -> None:
        for word in words:
            if self.next() != word:
                raise NotRedshift(f'syntax error at or near "{self.next()}": expected {" ".join(words)}')
            self._at += 1

    def take_any(self) -> str:
        self._at += 1
        return self.word(self._at - 1)

    def take_until(self, end: str) -> range:
        """The tokens before this word, which stays; it is not one of a CASE on the way."""
        start, depth = self._at, 0
        while depth or self.next() != end:
            if self.is_end or self.next() == ";":
                raise NotRedshift(f"syntax error after {self.text(range(start, self._at))[-40:]!r}: expected {end}")
            depth += {"case": 1, "end": -1}.get(self.next(), 0)
            self._at += 1
        return range(start, self._at)

    def take_statement(self) -> range:
        start = self._at
        while self.next() != ";":
            if self.is_end:
                raise NotRedshift(f"syntax error after {self.text(range(start, self._at))[-40:]!r}: expected ;")
            self._at += 1
        if start == self._at:
            raise NotRedshift('syntax error at or near ";"')
        return range(start, self._at)

    def name(self, at: int) -> str | None:
        """The name there as it is folded, None where there is none."""
        token = self._tokens[at]
        return None if token.token_type in NO_NAMES else str(token.text).lower()
