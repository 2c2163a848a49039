"""A real emulator on a real Spark, started once for all tests of the laptop's Python."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from running_laptop import RunningLaptop
from running_snowflake import RunningSnowflake
from running_warehouse import RunningWarehouse

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningLaptop]:
    running = RunningLaptop(PROJECT, tmp_path_factory.mktemp("laptop with a space"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningWarehouse]:
    running = RunningWarehouse(PROJECT, tmp_path_factory.mktemp("warehouse"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def snowflake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSnowflake]:
    running = RunningSnowflake(PROJECT, tmp_path_factory.mktemp("snowflake with a space"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def table(warehouse: RunningWarehouse) -> Iterator[str]:
    name = f"t_{uuid.uuid4().hex[:8]}"
    warehouse.done(f"create table {name} (id int not null, name varchar(10))")
    yield name
    warehouse.done(f"drop table {name}")
