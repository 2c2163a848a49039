"""One process with a Snowflake and dbt for all tests of a run; each test begins with an empty RAW."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from raw_tables import Raw
from snowflake_process import SnowflakeProcess


@pytest.fixture(scope="session")
def snowflake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SnowflakeProcess]:
    process = SnowflakeProcess(tmp_path_factory.mktemp("dbt"))
    yield process
    process.stop()


@pytest.fixture
def raw(snowflake: SnowflakeProcess) -> Raw:
    emptied = Raw(snowflake)
    emptied.create()
    return emptied
