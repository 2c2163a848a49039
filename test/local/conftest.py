"""A real emulator on a real Spark, started once for all tests of the laptop's Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from running_laptop import RunningLaptop

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLaptop]:
    running = RunningLaptop(PROJECT, tmp_path_factory.mktemp("laptop with a space"))
    running.start()
    yield running
    running.stop()
