"""Statements about users, grants and upkeep, which are short enough to be read by their words."""

from __future__ import annotations

import re
from collections.abc import Callable

from emulator.redshift_calls import NotTranslated
from emulator.redshift_parser import NotRedshift

NAME = r'("[^"]+"|[\w$]+)'
TABLE = rf"{NAME}(\.{NAME})?"
LITERAL = r"('([^']|'')*'|[-+]?\d+(\.\d+)?|null|true|false)"
Rewrite = Callable[[re.Match[str]], list[str]]


def _text(match: re.Match[str]) -> list[str]:
    return [match.group()]


def _nothing(match: re.Match[str]) -> list[str]:
    return []


def _refused(what: str) -> Rewrite:
    def refuse(match: re.Match[str]) -> list[str]:
        raise NotTranslated(what)

    return refuse


def _absent(words: str) -> Rewrite:
    def refuse(match: re.Match[str]) -> list[str]:
        raise NotRedshift(words)

    return refuse


def _transaction(match: re.Match[str]) -> list[str]:
    raise NotTranslated(f"{match.group().split()[0].lower()}, where a call of the Data API is a transaction of its own,")


def _without_role_word(match: re.Match[str]) -> list[str]:
    """PostgreSQL's grants do not say ROLE before a role, nor GROUP before one granted."""
    text = match.group()
    if re.search(r"\b(assumerole|external\s+\w+|masking|rls|datashare|model|copy\s+job)\b", text, re.IGNORECASE):
        raise NotTranslated("this kind of grant")
    text = re.sub(rf"(\b(?:to|from|,)\s+|^grant\s+|^revoke\s+)role\s+(?={NAME})", r"\1", text, flags=re.IGNORECASE)
    return [re.sub(r"(,\s*)role\s+", r"\1", text, flags=re.IGNORECASE)]


def _schema(match: re.Match[str]) -> list[str]:
    authorization = f" authorization {match['owner']}" if match["owner"] else ""
    return [f"create schema {match['unless'] or ''}{match['name']}{authorization}"]


def _principal(match: re.Match[str]) -> list[str]:
    """Users get no password: nobody logs in to the laptop's warehouse but by the Data API."""
    return [f"create role {match['name']}"]


def _lock(match: re.Match[str]) -> list[str]:
    return [f"lock table {match['tables']} in access exclusive mode"]


def _vacuum(match: re.Match[str]) -> list[str]:
    return [f"vacuum {match['table'] or ''}".strip()]


def _analyze(match: re.Match[str]) -> list[str]:
    return [f"analyze {match['table'] or ''}{match['columns'] or ''}".strip()]


def _search_path(match: re.Match[str]) -> list[str]:
    return [f"set search_path to {match['path']}, redshift, pg_catalog"]


COMMANDS: tuple[tuple[str, Rewrite], ...] = (
    (r"(begin|start\s+transaction|commit|end|rollback|abort)\b.*", _transaction),
    # Permissions of the whole system, of which there is one user here.
    (rf"(grant|revoke)\s+(analyze|vacuum|truncate\s+table)\s+(to|from)\s+role\s+{NAME}", _nothing),
    (r"(grant|revoke|alter\s+default\s+privileges)\s.*", _without_role_word),
    (
        rf"create\s+schema\s+(?P<unless>if\s+not\s+exists\s+)?(?P<name>{NAME})"
        rf"(\s+authorization\s+(?P<owner>{NAME}))?(\s+quota\s.*)?",
        _schema,
    ),
    (
        rf"create\s+(user|role|group)\s+(?P<name>{NAME})(\s+(with\s+)?(password|externalid|createuser|nocreatedb)\s.*)?",
        _principal,
    ),
    (rf"create\s+(user|role|group)\s+(?P<name>{NAME})", _principal),
    (rf"drop\s+(user|role|group)\s+(if\s+exists\s+)?{NAME}", _text),
    (rf"drop\s+schema\s+(if\s+exists\s+)?{NAME}(\s+(cascade|restrict))?", _text),
    (rf"alter\s+group\s+{NAME}\s+(add|drop)\s+user\s+{NAME}(\s*,\s*{NAME})*", _text),
    (rf"lock\s+(table\s+)?(?P<tables>{TABLE}(\s*,\s*{TABLE})*)", _lock),
    (
        rf"vacuum(\s+(full|sort\s+only|delete\s+only|reindex|recluster))?(\s+(?P<table>{TABLE})(\s+to\s+\d+\s+percent)?)?(\s+boost)?",
        _vacuum,
    ),
    (r"analyze\s+compression\b.*", _refused("analyze compression")),
    (rf"analyze(\s+verbose)?(\s+(?P<table>{TABLE})\s*(?P<columns>\([^)]*\))?(\s+(predicate|all)\s+columns)?)?", _analyze),
    (r"set\s+search_path\s+(to|=)\s+(?P<path>.*)", _search_path),
    (r"set\s+(query_group|enable_result_cache_for_session|statement_timeout)\s+(to|=)\s+.*", _nothing),
    (r"(set|reset|show)\s.*", _refused("set, reset and show")),
    (r"unload\b.*", _refused("unload")),
    (rf"call\s+{TABLE}\s*\(\s*({LITERAL}(\s*,\s*{LITERAL})*)?\s*\)", _text),
    (r"call\b.*", _refused("call with anything but literals")),
    (rf"drop\s+procedure\s+{TABLE}\s*\([^()]*(\([\d\s,]*\)[^()]*)*\)", _text),
    (
        r"drop\s+procedure\s+if\s+exists\b.*",
        _absent("Redshift has no drop procedure if exists: use create or replace procedure"),
    ),
    (r"(declare|fetch|close|prepare|execute|deallocate|cancel)\b.*", _refused("a cursor or prepared statement")),
    (rf"alter\s+table\s+{TABLE}\s+append\s.*", _refused("alter table append")),
    (rf"alter\s+table\s+{TABLE}\s+owner\s+to\s+{NAME}", _text),
    (
        rf"alter\s+table\s+{TABLE}\s+alter\s+((compound\s+)?sortkey|distkey|diststyle|encode|column\s+{NAME}\s+encode)\b.*",
        _nothing,
    ),
    (r"merge\s.*\bremove\s+duplicates", _refused("merge … remove duplicates")),
)
PATTERNS = tuple((re.compile(pattern, re.IGNORECASE | re.DOTALL), rewrite) for pattern, rewrite in COMMANDS)
# Redshift refuses them in a transaction block, or, as TRUNCATE does, ends the transaction.
ALONE = re.compile(
    rf"(?P<truncate>truncate)\b|(?P<vacuum>vacuum)\b|(alter\s+table\s+{TABLE}\s+(?P<alter>append|alter\s+(column\s+{NAME}\s+type"
    r"|(compound\s+)?sortkey|distkey|diststyle)))\b",
    re.IGNORECASE,
)


def command(text: str) -> list[str] | None:
    """PostgreSQL's statements for one of these commands, which may be none; None for any other statement."""
    for pattern, rewrite in PATTERNS:
        match = pattern.fullmatch(text)
        if match:
            return rewrite(match)
    return None


def is_alone(text: str) -> bool:
    """Whether it runs outside of any transaction block."""
    match = ALONE.match(text)
    return match is not None and match["vacuum"] is not None


def check_in_transaction(text: str) -> None:
    """Fails for what cannot be one of several statements of a transaction."""
    match = ALONE.match(text)
    if match is None:
        return
    if match["truncate"]:
        raise NotRedshift("truncate commits the transaction that it runs in, so a batch refuses it here: use delete from")
    raise NotRedshift(f"{(match['vacuum'] or 'alter table ' + match['alter']).upper()} cannot run inside a transaction block")
