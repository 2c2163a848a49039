"""A cursor: fakesnow's, with what fakesnow does not execute, within what the session's role may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import duckdb
from fakesnow.cursor import FakeSnowflakeCursor
from sqlglot import exp

from snowflake_host import account_statements, copy_command, load_history, privileges, rewriting, stage
from snowflake_host.connector_errors import programming_error
from snowflake_host.copying import CopiedFile, CopyFailed, Copying
from snowflake_host.errors import SnowflakeError, missing

if TYPE_CHECKING:
    from snowflake_host.session import Session

SUCCESS = "Statement executed successfully."
DEFINITIONS = (exp.Create, exp.Drop, exp.TruncateTable, exp.Comment)
COPY_COLUMNS = (
    "file", "status", "rows_parsed", "rows_loaded", "error_limit", "errors_seen", "first_error", "first_error_line",
    "first_error_character", "first_error_column_name",
)  # fmt: skip


class Cursor(FakeSnowflakeCursor):
    _conn: Session

    def execute(self, command: str, params: Sequence[Any] | dict[Any, Any] | None = None, *args: Any, **kwargs: Any) -> Cursor:
        """Raises ProgrammingError, as Snowflake's own cursor."""
        try:
            if self._conn.cancelled:
                raise SnowflakeError("000604", "57014", "SQL execution canceled")
            self._execute_one(command.strip().rstrip(";"), params, **kwargs)
        except SnowflakeError as error:
            raise programming_error(error) from error
        except duckdb.InterruptException as error:
            raise programming_error(SnowflakeError("000604", "57014", "SQL execution canceled")) from error
        except duckdb.Error as error:
            raise programming_error(SnowflakeError("100038", "22018", str(error))) from error
        return self

    def _execute_one(self, sql: str, params: Any, **kwargs: Any) -> None:
        session = self._conn
        effect = account_statements.read(sql, session.account, session.role, session.asker().qualify)
        if effect:
            self._commit_before_definition()
            return self.say(effect())
        if copy_command.is_copy(sql):
            return self._copy(sql)
        expression = rewriting.parse(sql, session.database)
        if (
            isinstance(expression, exp.Use)
            and (kind := expression.args.get("kind"))
            and kind.name.upper() in ("ROLE", "WAREHOUSE")
        ):
            return self._use(kind.name.upper(), expression.this.name)
        privileges.check(expression, session.asker(), session.warehouse)
        if isinstance(expression, DEFINITIONS):
            self._commit_before_definition()
        if isinstance(expression, exp.Merge):
            self._in_a_transaction(lambda: self._as_it_is(expression, params, **kwargs))
        else:
            self._as_it_is(expression, params, **kwargs)
        self._afterwards(expression)
        return None

    def _as_it_is(self, expression: exp.Expr, params: Any = None, **kwargs: Any) -> None:
        super().execute(expression.sql("snowflake"), params, **kwargs)

    def _in_a_transaction(self, work: Callable[[], None]) -> None:
        """The open one, or one of the statement's own, for what is several statements to DuckDB."""
        session, is_own = self._conn, not self._conn.in_transaction
        if is_own:
            self._duck_conn.execute("begin")
            session.in_transaction = True
        try:
            work()
            if is_own:
                self._duck_conn.execute("commit")
        except BaseException:
            self._duck_conn.execute("rollback")
            session.in_transaction = False
            raise
        if is_own:
            session.in_transaction = False

    def _execute(self, transformed: exp.Expr, params: Any = None) -> None:
        """fakesnow keeps comments and lengths in a database of its own, and DuckDB writes to one in a transaction."""
        if self._conn.in_transaction:
            for about in ("table_comment", "text_lengths"):
                transformed.args.pop(about, None)
        super()._execute(transformed, params)

    def say(self, status: str) -> None:
        self._fill([("status", status)])

    def _fill(self, *rows: list[tuple[str, Any]]) -> None:
        """A result that is not a query's."""
        selects = [exp.select(*(exp.alias_(exp.convert(v), n, quoted=True) for n, v in row)) for row in rows]
        query: Any = selects[0]
        for more in selects[1:]:
            query = exp.union(query, more, distinct=False)
        self._execute(query)

    def _use(self, kind: str, name: str) -> None:
        session = self._conn
        if kind == "ROLE":
            session.take_role(name.upper())
        else:
            if session.account.find("WAREHOUSE", name.upper()) is None:
                raise missing("object", name.upper())
            session.warehouse = name.upper()
        self.say(SUCCESS)

    def _commit_before_definition(self) -> None:
        """Definitions end an open transaction, and are never part of one."""
        if self._conn.in_transaction:
            self._duck_conn.execute("commit")
            self._conn.in_transaction = False

    def _afterwards(self, expression: exp.Expr) -> None:
        session = self._conn
        if isinstance(expression, (exp.Transaction, exp.Commit, exp.Rollback)):
            session.in_transaction = isinstance(expression, exp.Transaction)
        if isinstance(expression, (exp.Create, exp.Drop)):
            _keep_owner(session, expression)
        if isinstance(expression, exp.TruncateTable):
            load_history.forget(session._duck_conn, session.asker().full(expression.expressions[0]))

    def _copy(self, sql: str) -> None:
        session, command = self._conn, copy_command.read_copy(sql)
        asker = session.asker()
        table, stage_name = asker.qualify(command.table), asker.qualify(command.stage)
        privileges.require_warehouse(asker, session.warehouse)
        asker.require("INSERT", table)
        place = session.account.find("STAGE", stage_name)
        if place is None or not session.account.may(session.role, "USAGE", "STAGE", stage_name):
            raise missing("stage", stage_name)
        objects = list(stage.find(place["URL"], command.path, command.files))
        copying, files = Copying(self._duck_conn, table, self._insert), list[CopiedFile]()
        try:
            self._in_a_transaction(lambda: files.extend(copying.run(command, objects)))
        except CopyFailed as error:
            error.file.status = "LOAD_FAILED"
            copying.remember(error.file)
            raise
        self._fill(*[list(zip(COPY_COLUMNS, _copied(file), strict=True)) for file in files])

    def _insert(self, expression: exp.Expr) -> None:
        self._as_it_is(expression)


def _copied(file: CopiedFile) -> tuple[Any, ...]:
    loaded = file.status == "LOADED"
    return (
        file.object.url, file.status, file.rows, file.rows, 1 if loaded else None, int(not loaded), file.said, file.line,
        file.character, file.column,
    )  # fmt: skip


def _keep_owner(session: Session, expression: exp.Create | exp.Drop) -> None:
    """What was made is the role's; what was dropped is nobody's, and has no load history."""
    kind = str(expression.args["kind"]).upper()
    target = privileges.target_of(expression)
    assert target is not None
    if kind == "DATABASE":
        name = target.name.upper()
    elif kind == "SCHEMA":
        name = f"{(target.catalog or session.database or '').upper()}.{target.db.upper()}"
    else:
        name = session.asker().full(target)
    made = isinstance(expression, exp.Create)
    account = session.account
    if made and expression.args.get("exists") and f"{kind} {name}" in account.contents.owners:
        return
    account.disown(kind, name)
    if made:
        account.own(kind, name, session.role)
    account.save()
    if kind == "DATABASE" and made:
        load_history.create(session._duck_conn, name)
    if kind == "TABLE":
        load_history.forget(session._duck_conn, name)
        session.temporary.discard(name)
        if expression.meta.get(rewriting.TEMPORARY):
            session.temporary.add(name)
