"""CREATE PROCEDURE: Redshift's PL/pgSQL as PostgreSQL's, with every statement of the body translated as it is outside."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from emulator.redshift_calls import NotTranslated
from emulator.redshift_commands import TABLE
from emulator.redshift_parser import NotRedshift
from emulator.redshift_procedure_body import DECLARATION, BodyReader, Piece
from emulator.redshift_procedure_words import Words

CREATE = re.compile(r"create\s+(or\s+replace\s+)?procedure\b", re.IGNORECASE)
PROCEDURE = re.compile(
    rf"(?P<create>{CREATE.pattern})\s*(?P<name>{TABLE})\s*\((?P<parameters>[^$']*?)\)\s*(?P<nonatomic>nonatomic\s+)?as\s+"
    r"(?P<quote>\$\w*\$)(?P<body>.*)(?P=quote)\s*language\s+plpgsql(?P<security>\s+security\s+(invoker|definer))?"
    r"(?P<set>\s+set\s.*)?",
    re.IGNORECASE | re.DOTALL,
)
QUOTE = "$assay$"
NOT_PARAMETERS = {"out", "inout", "default", "=", ":="}


@dataclass(frozen=True)
class Procedure:
    create: str
    name: str
    parameters: str
    security: str
    pieces: list[Piece]

    def place(self, piece: Piece) -> str:
        return f"{self.name}(), {piece.place}"


def is_procedure(text: str) -> bool:
    return CREATE.match(text) is not None


def read_procedure(text: str) -> Procedure:
    """NotRedshift and NotTranslated say where in the body."""
    match = PROCEDURE.fullmatch(text)
    if match is None:
        raise NotRedshift(
            "syntax error: expected create [or replace] procedure name([name type, …]) as $$ … $$ language plpgsql"
            " [security invoker|definer]"
        )
    for clause in ("nonatomic", "set"):
        if match[clause]:
            raise NotTranslated(f"create procedure … {clause}")
    name = match["name"]
    parameters, names = _parameters(match["parameters"])
    try:
        pieces = BodyReader(match["body"], names).read()
    except NotTranslated as error:
        raise NotTranslated(f"{name}(), {error.what}") from error
    except NotRedshift as error:
        raise NotRedshift(f"{name}(), {error}") from error
    return Procedure(" ".join(match["create"].split()), name, parameters, match["security"] or "", pieces)


def procedure_to_postgres(text: str, translate: Callable[[str], list[str]]) -> str:
    procedure = read_procedure(text)
    parameters = ""
    if procedure.parameters:
        parameters = _translated(procedure, Piece(0, procedure.parameters, DECLARATION), translate)
    body = "".join(_translated(procedure, piece, translate) for piece in procedure.pieces)
    if QUOTE in body:
        raise NotTranslated(f"{QUOTE} in a procedure")
    head = f"{procedure.create} {procedure.name}({parameters}) language plpgsql{procedure.security}"
    return f"{head} as {QUOTE}\n{body}{QUOTE}"


def procedure_faults(text: str, check: Callable[[str], list[str]]) -> list[str]:
    """What is wrong with its statements, each with its place."""
    try:
        procedure = read_procedure(text)
    except NotTranslated:
        # Redshift's, though not the laptop's.
        return []
    except NotRedshift as error:
        return [str(error)]
    pieces = [Piece(0, procedure.parameters, DECLARATION)] if procedure.parameters else []
    checked = [piece for piece in pieces + procedure.pieces if piece.frame]
    return [f"{procedure.place(piece)}: {fault}" for piece in checked for fault in check(piece.sql)]


def _translated(procedure: Procedure, piece: Piece, translate: Callable[[str], list[str]]) -> str:
    if piece.frame is None:
        return piece.text
    try:
        statements = translate(piece.sql)
    except NotTranslated as error:
        raise NotTranslated(f"{procedure.place(piece)}: {error.what}") from error
    except NotRedshift as error:
        raise NotRedshift(f"{procedure.place(piece)}: {error}") from error
    before, after = piece.frame
    if before:
        return statements[0].removeprefix(before).removesuffix(after)
    return ";\n".join(statements) + (f" into {', '.join(piece.into)}" if piece.into else "")


def _parameters(text: str) -> tuple[str, set[str]]:
    """Without the word IN, which may stand after a name; and the names."""
    words = Words(text)
    kept: list[str] = []
    names, depth = set(), 0
    while not words.is_end:
        word = words.take_any()
        if word in NOT_PARAMETERS:
            raise NotTranslated(f"{word} in the parameters of a procedure")
        if depth == 0 and (not kept or kept[-1] == ","):
            names.add(word.strip('"'))
        depth += {"(": 1, ")": -1}.get(word, 0)
        kept += [word] if word != "in" else []
    return " ".join(kept), names
