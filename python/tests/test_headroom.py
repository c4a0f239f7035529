"""Searches for the end of a bound: the numbers of the program, answers, tables, a chart."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from switchover import Headroom, Scenario, UsageError

CAPACITY = "site.X.reconnect-capacity"
VARY = f"{CAPACITY}=10/s..80/s step 10/s"
TARGET = "outages.duration_s.max=2m"
FILE = Path(__file__).resolve().parents[2] / "scenarios" / "27-reconnect-storm.toml"


@pytest.fixture(scope="module")
def headroom() -> Headroom:
    return Scenario.read(FILE).headroom(TARGET, VARY, replications=2, progress=False)


def test_the_numbers_are_the_programs(headroom: Headroom, program: Callable[..., Any]) -> None:
    more = ["--target", TARGET, "--vary", VARY, "--replications", "2"]
    theirs = program("headroom", FILE, *more)
    assert headroom.summary == theirs


def test_a_search_is_a_mapping_to_answers(headroom: Headroom) -> None:
    edge = headroom[CAPACITY]
    assert list(headroom) == [CAPACITY]
    assert (edge.finding, edge.answer_is, edge.answer) == ("edge", "smallest", "50/s")
    broken, kept = edge.tried[0], edge.tried[-1]
    assert (broken.value, broken.today, broken.verdict) == ("10/s", True, "FAIL")
    assert kept.verdict == "PASS" and kept.measure.value is not None and kept.remark is None
    assert str(headroom) == headroom.text
    assert headroom._repr_svg_().startswith("<svg")


def test_a_search_is_a_table(headroom: Headroom) -> None:
    pytest.importorskip("pandas")
    table = headroom.to_pandas()
    assert list(table.number) == [one.number for one in headroom[CAPACITY].tried]


def test_what_cannot_be_asked_for() -> None:
    scenario = Scenario.read(FILE)
    with pytest.raises(UsageError, match="there is no bound"):
        scenario.headroom("availability", CAPACITY)
    with pytest.raises(UsageError, match="no fault or drain of that name"):
        scenario.headroom(TARGET, CAPACITY, faults=["none"])
