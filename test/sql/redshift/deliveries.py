"""How loads come into the warehouse: in any order, some again, with refreshes in between."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from psycopg import Connection
from staging import Load, empty, put
from star_schema import refresh

# So many times the examples of a usual run, and other ones each time.
MORE = int(os.environ.get("ASSAY_TEST_EXAMPLES_TIMES", "0"))


def examples(usual: int) -> settings:
    return settings(
        max_examples=usual * (MORE or 1),
        derandomize=MORE == 0,
        deadline=None,
        # The warehouse is emptied for each example.
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@dataclass(frozen=True)
class Delivery:
    """A load by its place in the list of all, and whether a refresh follows."""

    load: int
    is_refreshed: bool


@st.composite
def deliveries(draw: st.DrawFn, loads: int) -> list[Delivery]:
    """Each load at least once, every other time as silver changed; one to three refreshes once there is something."""
    repeated = draw(st.lists(st.integers(0, loads - 1), max_size=2))
    arriving = [*range(loads), *repeated]
    order = arriving if draw(st.booleans()) else draw(st.permutations(arriving))
    refreshed = draw(st.sets(st.integers(len(order) // 3, len(order) - 1), min_size=1, max_size=3))
    return [Delivery(load, place in refreshed) for place, load in enumerate(order)]


def deliver(connection: Connection, loads: Sequence[Load], order: Sequence[Delivery]) -> None:
    """Into an empty warehouse; what was not refreshed is at the end."""
    empty(connection)
    for each in order:
        put(connection, loads[each.load])
        if each.is_refreshed:
            refresh(connection)
    if not order[-1].is_refreshed:
        refresh(connection)


def at_once(connection: Connection, loads: Sequence[Load]) -> None:
    """Into an empty warehouse, in the order in which silver changed, with a single refresh."""
    deliver(connection, loads, [Delivery(place, False) for place in range(len(loads))])
