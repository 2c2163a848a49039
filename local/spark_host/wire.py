"""One JSON line there, one JSON line back, over a loopback socket with a shared token."""

from __future__ import annotations

import hmac
import json
import socket
from typing import Any

Message = dict[str, Any]

MAX_LINE = 64 * 1024 * 1024


def listen() -> socket.socket:
    """A listening socket on a free loopback port."""
    server = socket.create_server(("127.0.0.1", 0), backlog=64)
    server.set_inheritable(False)
    return server


def send(connection: socket.socket, message: Message) -> None:
    connection.sendall(json.dumps(message).encode() + b"\n")


def receive(connection: socket.socket) -> Message:
    """The next message. Raises ConnectionError when the other side ends before it."""
    with connection.makefile("rb") as lines:
        line = lines.readline(MAX_LINE)
    if not line.endswith(b"\n"):
        raise ConnectionError("the connection ended in the middle of a message")
    return parse(line)


def parse(line: bytes) -> Message:
    message: Message = json.loads(line)
    return message


def receive_trusted(connection: socket.socket, token: str) -> Message:
    """The request on a new connection; PermissionError without the right token."""
    message = receive(connection)
    if not hmac.compare_digest(str(message.pop("token", "")), token):
        raise PermissionError("wrong token")
    return message


def ask(port: int, token: str, message: Message, timeout: float | None = None) -> Message:
    """Sends a request and waits for its answer. TimeoutError after ``timeout`` seconds."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.settimeout(timeout)
        send(connection, {**message, "token": token})
        return receive(connection)
