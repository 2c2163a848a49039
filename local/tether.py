"""``python tether.py COMMAND…``: runs a server for as long as standard input is open, then ends it with SIGINT.

For servers that would go on when the process that started them is killed. Started by root, the server runs as the user
``TETHER_USER``, if that is set.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from typing import Any

PATIENCE_SECONDS = 15


def main() -> int:
    server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True, **_identity())
    threading.Thread(target=_end_when_alone, args=(server,), daemon=True).start()
    return server.wait()


def _identity() -> dict[str, Any]:
    user = os.environ.get("TETHER_USER")
    return {"user": user, "group": user, "extra_groups": []} if user else {}


def _end_when_alone(server: subprocess.Popen[bytes]) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    server.send_signal(signal.SIGINT)
    try:
        server.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()


if __name__ == "__main__":
    sys.exit(main())
