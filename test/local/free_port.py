"""A port for a server that is started soon, chosen as ``local/ports.ts`` does."""

from __future__ import annotations

import random
import socket

# Below those that the system gives to whoever asks for any port.
PORTS = range(20_000, 32_768)


def free_port() -> int:
    """Raises OSError when none of many that were tried is free."""
    for port in random.sample(PORTS, 20):
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise OSError("no free port was found")
