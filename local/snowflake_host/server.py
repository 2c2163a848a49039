"""HTTP on a loopback port: the SQL API for whoever has a key, and the laptop's own routes for whoever has its token."""

from __future__ import annotations

import hmac
import json
import re
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from snowflake_host import answers, keys, setup
from snowflake_host.answers import Answer
from snowflake_host.dbt_runs import DbtRuns
from snowflake_host.engine import Engine
from snowflake_host.errors import SnowflakeError
from snowflake_host.network import is_allowed
from snowflake_host.requests import read_submission
from snowflake_host.statements import Statements

# How long Snowflake lets a request wait for its statement.
WAIT_SECONDS = 45
CANCELED = SnowflakeError("000604", "57014", "SQL execution canceled")
NOT_FOUND: Answer = 404, {"code": "390404", "message": "not found"}
STATEMENT = re.compile(rf"{answers.PATH}/([\w-]+)(/cancel)?$")
DBT_RUN = re.compile(r"/dbt/([\w-]+)(/stop)?$")


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    query: dict[str, str]
    body: dict[str, Any]
    headers: dict[str, str]
    address: str


class Routes:
    def __init__(self, engine: Engine, dbt: DbtRuns, definitions: Path, token: str) -> None:
        self._engine = engine
        self._statements = Statements(engine)
        self._dbt = dbt
        self._definitions = definitions
        self._token = token

    def answer(self, request: Request) -> Answer:
        try:
            if request.path.startswith("/api/"):
                return self._api(request)
            if not hmac.compare_digest(request.headers.get("authorization", ""), f"Bearer {self._token}"):
                return 401, {"message": "wrong token"}
            return self._own(request)
        except keys.BadToken as bad:
            return 401, {"code": "390144", "message": str(bad)}
        except SnowflakeError as error:
            return answers.of_error(error)

    def _user(self, request: Request) -> str:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        named = request.headers.get("x-snowflake-authorization-token-type", "KEYPAIR_JWT")
        if kind != "Bearer" or named != "KEYPAIR_JWT":
            raise keys.BadToken
        user = keys.user_of(token, self._engine.account)
        if not is_allowed(self._engine.account, user, request.address):
            message = f"Incoming request with IP {request.address} is not allowed to access Snowflake."
            raise SnowflakeError("390422", "08001", message)
        return user

    def _api(self, request: Request) -> Answer:
        user = self._user(request)
        if request.path == answers.PATH and request.method == "POST":
            return self._submit(request, user)
        found = STATEMENT.match(request.path)
        statement = self._statements.find(user, found.group(1)) if found else None
        if found is None or statement is None:
            return NOT_FOUND
        if found.group(2) and request.method == "POST":
            answer = answers.of_cancel(statement)
            self._statements.cancel(statement, CANCELED)
            return answer
        partition = request.query.get("partition")
        return answers.of_statement(statement, int(partition) if partition else None)

    def _submit(self, request: Request, user: str) -> Answer:
        is_retry = request.query.get("retry") == "true"
        submission = read_submission(request.body)
        statement = self._statements.submit(user, submission, request.query.get("requestId"), is_retry)
        if request.query.get("async") != "true":
            statement.ended.wait(WAIT_SECONDS)
        return answers.of_statement(statement)

    def _own(self, request: Request) -> Answer:
        route = (request.method, request.path)
        if route == ("GET", "/health"):
            return 200, {}
        if route == ("POST", "/setup"):
            return 200, {"files": setup.run(self._engine, self._definitions, request.body["variables"])}
        if route == ("POST", "/dbt"):
            run = self._dbt.start(request.body["args"], request.body.get("environment", {}))
            return 200, {"run": run.id}
        found = DBT_RUN.match(request.path)
        known = self._dbt.find(found.group(1)) if found else None
        if found is None or known is None:
            return NOT_FOUND
        if found.group(2):
            self._dbt.stop(known)
        return 200, known.describe(int(request.query.get("from", "0")))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    routes: Routes

    def do_GET(self) -> None:
        self._respond()

    def do_POST(self) -> None:
        self._respond()

    def _respond(self) -> None:
        try:
            status, content = self.routes.answer(self._request())
        except (ValueError, KeyError, TypeError) as error:
            status, content = 400, {"code": "390400", "message": f"{type(error).__name__}: {error}"}
        body = json.dumps(content, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _request(self) -> Request:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        query = dict(parse_qsl(url.query))
        return Request(self.command, url.path, query, json.loads(raw or b"{}"), headers, self.client_address[0])

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: what a statement did is in its answer."""


def serve(routes: Routes, port: int) -> ThreadingHTTPServer:
    """Listening; the caller runs it."""
    handler = type("HandlerOfRoutes", (Handler,), {"routes": routes})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server
