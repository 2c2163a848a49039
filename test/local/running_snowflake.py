"""The laptop's Snowflake beside a real emulator, as the supervisor starts them, with the users of ``sql/snowflake``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

from running_laptop import RunningLaptop

TOKEN = "token of the tests"
LAKE = "lake"
USERS = ("loader", "transformer", "reader")
# Makes key pairs and signs tokens, in the environment that has the libraries for it.
SIGNER = Path(__file__).parent / "snowflake_host" / "sign.py"
Answer = tuple[int, dict[str, Any]]


class RunningSnowflake:
    def __init__(self, project: Path, folder: Path) -> None:
        self._project = project
        self._python = project / ".assay" / "snowflake-venv" / "bin" / "python"
        self.folder = folder
        # dbt's, which a test writes there.
        self.project = folder / "project"
        # ``sql/snowflake`` and what a test adds to it.
        self.definitions = folder / "definitions"
        self.laptop = RunningLaptop(project, folder)
        self.keys: dict[str, dict[str, str]] = {}
        self._host: subprocess.Popen[bytes] | None = None
        self.port = 0

    def start(self) -> None:
        self.keys = json.loads(self.sign("keys", *USERS, "stranger"))
        shutil.copytree(self._project / "sql" / "snowflake", self.definitions)
        self.start_host()
        self.laptop.snowflake_port = self.port
        self.laptop.start_emulator()
        self.s3 = self.laptop.client("s3")
        self.s3.create_bucket(Bucket=LAKE)
        self.set_up()

    def set_up(self) -> None:
        status, answer = self.own("POST", "/setup", {"variables": self.variables()})
        assert status == 200, answer

    def define(self, name: str, sql: str) -> None:
        """A file more of ``sql/snowflake``, executed with the others as an administrator would."""
        (self.definitions / name).write_text(sql)
        self.set_up()

    def variables(self) -> dict[str, str]:
        keys = {f"{user}_public_key": self.keys[user]["public"] for user in USERS}
        role = "arn:aws:iam::000000000000:role/snowflake"
        return {"lake_path": f"{LAKE}/bronze", "lake_role_arn": role, "allowed_addresses": "127.0.0.1/32", **keys}

    def start_host(self) -> None:
        log = (self.folder / "snowflake.log").open("ab")
        environment = {
            **os.environ,
            "PYTHONPATH": str(self._project / "local"),
            "ASSAY_LAPTOP_DIRECTORY": str(self.folder),
            "ASSAY_SNOWFLAKE_TOKEN": TOKEN,
            "ASSAY_DBT_PROJECT": str(self.project),
            "ASSAY_SNOWFLAKE_DEFINITIONS": str(self.definitions),
            "ASSAY_SNOWFLAKE_PORT": str(self.port),
            "AWS_ENDPOINT_URL": self.laptop.endpoint,
            "AWS_REGION": "us-east-1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ACCESS_KEY_ID": "laptop",
            "AWS_SECRET_ACCESS_KEY": "laptop",
        }
        command = [str(self._python), "-m", "snowflake_host"]
        self._host = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, env=environment)
        log.close()
        assert self._host.stdout is not None
        self.port = json.loads(self._host.stdout.readline())["port"]

    def stop_host(self) -> None:
        assert self._host is not None
        assert self._host.stdin is not None
        self._host.stdin.close()
        assert self._host.wait(30) == 0

    def kill_host(self) -> None:
        assert self._host is not None
        self._host.kill()
        self._host.wait(30)

    def stop(self) -> None:
        self.laptop.stop()
        self.stop_host()

    def sign(self, *words: str, given: dict[str, Any] | None = None) -> str:
        done = subprocess.run(
            [str(self._python), str(SIGNER), *words], input=json.dumps(given or {}), capture_output=True, text=True, check=True
        )
        return done.stdout

    def token(self, user: str = "loader", **claims: Any) -> str:
        """A token of that user's, signed with its key unless ``key`` says another's; ``claims`` replace what is right."""
        key = self.keys[claims.pop("key", user)]
        now = int(time.time())
        name = f"LAPTOP.ASSAY_{user.upper()}_USER"
        right = {"iss": f"{name}.{key['fingerprint']}", "sub": name, "iat": now, "exp": now + 3000}
        return self.sign("token", given={"key": key["private"], "claims": {**right, **claims}})

    def request(self, method: str, path: str, body: Any = None, token: str | None = None) -> Answer:
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        headers["X-Snowflake-Authorization-Token-Type"] = "KEYPAIR_JWT"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)

    def own(self, method: str, path: str, body: Any = None) -> Answer:
        return self.request(method, path, body, TOKEN)

    def user_token(self, user: str) -> str:
        known = self.keys[user]
        if "token" not in known:
            known["token"] = self.token(user)
        return known["token"]

    def submit(self, sql: str, user: str = "loader", query: str = "", **more: Any) -> Answer:
        body = {"statement": sql, "database": "ASSAY", "schema": "RAW", **more}
        return self.request("POST", f"/api/v2/statements{query}", body, self.user_token(user))

    def rows(self, sql: str, user: str = "loader", **more: Any) -> list[list[str | None]]:
        status, answer = self.submit(sql, user, **more)
        assert status == 200, answer
        data: list[list[str | None]] = answer["data"]
        return data

    def all(self, *sqls: str, user: str = "loader") -> Answer:
        """Statements of one request."""
        return self.submit(";\n".join(sqls), user, parameters={"MULTI_STATEMENT_COUNT": str(len(sqls))})

    def refusal(self, sql: str, user: str = "loader", **more: Any) -> tuple[str, str]:
        status, answer = self.submit(sql, user, **more)
        assert status == 422, answer
        return answer["code"], answer["message"]

    def stage(self, content: str | bytes, name: str | None = None) -> str:
        """A file in the lake; its name relative to the stage."""
        name = name or f"sales/{uuid.uuid4().hex[:8]}.csv"
        self.s3.put_object(Bucket=LAKE, Key=f"bronze/{name}", Body=content)
        return name

    def dbt(self, *args: str, **more: Any) -> tuple[int, list[str]]:
        """A run to its end: its exit code and what it said."""
        body = {"args": list(args), **more}
        run = self.own("POST", "/dbt", body)[1]["run"]
        deadline = time.monotonic() + 300
        while True:
            said = self.own("GET", f"/dbt/{run}")[1]
            if said["exitCode"] is not None:
                return said["exitCode"], said["lines"]
            assert time.monotonic() < deadline, said
            time.sleep(0.1)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as own:
        running = RunningSnowflake(Path(__file__).parents[2], Path(own))
        running.start()
        known = {"endpoint": running.laptop.endpoint, "port": running.port, "lake": f"{LAKE}/bronze", "keys": running.keys}
        print(json.dumps(known), flush=True)
        for line in sys.stdin:
            running.define(**json.loads(line))
            print("defined", flush=True)
        running.stop()
