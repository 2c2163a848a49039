"""Events as objects of S3: what arrives there."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from assay_glue.lineage_store import store_event


@dataclass
class Received:
    path: str = ""
    content_type: str = ""
    body: bytes = b""


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Iterator[Received]:
    """A server that answers as S3 does to a PUT, and remembers it."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self) -> None:
            received.path, received.content_type = self.path, self.headers["Content-Type"]
            received.body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{server.server_port}")
    for name, value in {"ACCESS_KEY_ID": "test", "SECRET_ACCESS_KEY": "test", "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    yield received
    server.shutdown()
    server.server_close()


def test_an_event_is_one_line_in_s3(put: Received) -> None:
    store_event("s3://lake/lineage/purchases/x.jsonl", {"name": "ünï", "of": [1, 2]})
    assert put.path == "/lake/lineage/purchases/x.jsonl"
    assert put.body == '{"name":"ünï","of":[1,2]}\n'.encode()
    assert put.content_type == "application/x-ndjson"
