"""The Redshift Data API, which ministack lacks, answered from PostgreSQL."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any

from ministack import app as ministack_app
from ministack.core import iam_actions, router
from ministack.core.responses import error_response_json
from ministack.services import stepfunctions

from emulator.redshift_requests import RequestError, invalid, read_id, read_submission, read_wait
from emulator.redshift_statements import ENDED, Statement, Statements
from emulator.redshift_threads import Threads
from emulator.warehouse import Warehouse

SERVICE = "redshift-data"
TARGET = "RedshiftData"
CONTENT_TYPE = "application/x-amz-json-1.1"
LOOK_EVERY_SECONDS = 0.02
MAX_LISTED = 100
FAULTS = {"InternalServerException", "ExecuteStatementException", "BatchExecuteStatementException"}

Answer = tuple[int, dict[str, str], bytes]
Request = dict[str, Any]


def install(warehouse: Warehouse) -> None:
    """As a service of its own, also for ``aws-sdk:redshiftdata`` in state machines."""
    api = DataApi(Statements(), Threads(warehouse))
    router.SERVICE_PATTERNS[SERVICE] = {"target_prefixes": [f"{TARGET}."], "host_patterns": [r"redshift-data\."]}
    ministack_app.SERVICE_HANDLERS[SERVICE] = api.handle
    iam_actions.SERVICE_TO_IAM_NAMESPACE[SERVICE] = SERVICE
    integration = {"target_prefix": TARGET, "protocol": "json", "service_key": SERVICE}
    stepfunctions._AWS_SDK_SERVICE_MAP["redshiftdata"] = integration
    stepfunctions._AWS_SDK_ERROR_PREFIX["redshiftdata"] = TARGET


class DataApi:
    def __init__(self, statements: Statements, threads: Threads) -> None:
        self._statements = statements
        self._threads = threads
        self._operations: dict[str, Callable[[Request], Awaitable[bytes]]] = {
            "ExecuteStatement": self._execute,
            "BatchExecuteStatement": self._execute_batch,
            "DescribeStatement": self._describe,
            "GetStatementResult": self._result,
            "CancelStatement": self._cancel,
            "ListStatements": self._list,
        }

    async def handle(self, method: str, path: str, headers: dict[str, str], body: bytes, query: Any) -> Answer:
        name = headers.get("x-amz-target", "").rpartition(".")[2]
        operation = self._operations.get(name)
        try:
            if operation is None:
                raise RequestError("UnknownOperationException", f"the laptop's Data API does not know {name or 'this request'}")
            return 200, {"Content-Type": CONTENT_TYPE}, await operation(json.loads(body or b"{}"))
        except RequestError as error:
            status = 500 if error.code in FAULTS else 400
            answer: Answer = error_response_json(
                error.code, str(error), status, error.more, message_key="Message", content_type=CONTENT_TYPE
            )
            return answer

    async def _execute(self, request: Request) -> bytes:
        return await self._submit(request, is_batch=False)

    async def _execute_batch(self, request: Request) -> bytes:
        return await self._submit(request, is_batch=True)

    async def _submit(self, request: Request, is_batch: bool) -> bytes:
        wait = read_wait(request)
        statement, is_new = self._statements.submit(read_submission(request, is_batch))
        if is_new:
            self._threads.start(statement)
        await _until_ended(statement, wait)
        return _json({"Id": statement.id, "CreatedAt": statement.created_at, "DbGroups": [], **statement.submission.place()})

    async def _describe(self, request: Request) -> bytes:
        statement, part = self._statements.find(read_id(request))
        await _until_ended(statement, read_wait(request))
        return _json(part.describe())

    async def _result(self, request: Request) -> bytes:
        statement, part = self._statements.find(read_id(request))
        await _until_ended(statement, read_wait(request))
        # What a transaction answered counts once the transaction does.
        if statement.status != "FINISHED" or part.result is None:
            raise RequestError(
                "ResourceNotFoundException",
                "Query does not have result. Please check query status with DescribeStatement.",
                {"ResourceId": part.id},
            )
        number = _page_number(request.get("NextToken"), part.result.pages)
        records, more = part.result.page(number)
        about = {"ColumnMetadata": part.result.columns, "TotalNumRows": part.result.total}
        if more:
            about["NextToken"] = f"{part.id}/{number + 1}"
        return b'{"Records": ' + records + b", " + _json(about)[1:]

    async def _cancel(self, request: Request) -> bytes:
        statement, _ = self._statements.find(read_id(request))
        if statement.status in ENDED:
            raise invalid(f"Could not cancel a query that is already in {statement.status} state with ID: {statement.id}")
        await asyncio.to_thread(self._threads.cancel, statement)
        return _json({"Status": True})

    async def _list(self, request: Request) -> bytes:
        wanted, name = request.get("Status", "FINISHED"), request.get("StatementName", "")
        limit = min(request.get("MaxResults") or MAX_LISTED, MAX_LISTED)
        found = [
            one.summary()
            for one in self._statements.newest_first()
            if wanted in ("ALL", one.status)
            and (one.submission.name or "").startswith(name)
            and request.get("Database", one.submission.database) == one.submission.database
            and request.get("WorkgroupName", one.submission.workgroup) == one.submission.workgroup
        ]
        after = request.get("NextToken")
        start = next((place + 1 for place, one in enumerate(found) if one["Id"] == after), 0)
        page = found[start : start + limit]
        more = {"NextToken": page[-1]["Id"]} if start + limit < len(found) else {}
        return _json({"Statements": page, **more})


async def _until_ended(statement: Statement, seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not statement.ended.is_set() and time.monotonic() < deadline:
        await asyncio.sleep(LOOK_EVERY_SECONDS)


def _page_number(token: str | None, pages: int) -> int:
    if token is None:
        return 0
    number = token.rpartition("/")[2]
    if not number.isdecimal() or int(number) >= pages:
        raise invalid("Invalid NextToken")
    return int(number)


def _json(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()
