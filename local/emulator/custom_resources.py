"""A custom resource whose Lambda crashed fails at once; ministack waits, as AWS does, for an answer up to an hour."""

from __future__ import annotations

from typing import Any

from ministack.services import lambda_svc
from ministack.services.cloudformation import custom_resource


def install() -> None:
    execute = lambda_svc._execute_function_with_config_scope

    def execute_and_tell(function: Any, event: Any) -> Any:
        answer = execute(function, event)
        if isinstance(event, dict) and "ResponseURL" in event and answer.get("error"):
            reason = (answer.get("body") or {}).get("errorMessage", "its Lambda failed")
            token = event["ResponseURL"].rpartition("/")[2]
            custom_resource.deliver_response(token, {"Status": "FAILED", "Reason": reason})
        return answer

    lambda_svc._execute_function_with_config_scope = execute_and_tell
