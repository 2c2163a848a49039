from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from running_snowflake import RunningSnowflake

PROJECT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def snowflake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSnowflake]:
    running = RunningSnowflake(PROJECT, tmp_path_factory.mktemp("snowflake with a space"))
    running.start()
    yield running
    running.stop()
