"""Sweeps: the numbers of the program, a sequence of points, tables, a chart."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Union

import pytest

from switchover import Scenario, Sweep, UsageError, Value

DOWNTIME = "downtime_s.per_agent.mean"
TIMEOUT = "application.interaction-workspace.disaster-recovery.timeout"
RESTORE = "application.interaction-workspace.disaster-recovery.auto-restore"
FILE = Path(__file__).resolve().parents[2] / "scenarios" / "17-year-with-bounds.toml"


@pytest.fixture(scope="module")
def sweep() -> Sweep:
    values: Mapping[str, Union[str, Sequence[Value]]] = {
        "disaster-recovery.timeout": "45..90 step 45",
        RESTORE: [True, False],
    }
    return Scenario.read(FILE).sweep(values, replications=4, progress=False)


def test_the_numbers_are_the_programs(sweep: Sweep, program: Callable[..., Any]) -> None:
    more = ["--replications", "4", "--set", f"{TIMEOUT}=45,90", "--set", f"{RESTORE}=true,false"]
    theirs = program("sweep", FILE, *more)
    assert sweep.summary == theirs
    assert list(sweep.summary) == list(theirs)


def test_a_sweep_is_a_sequence_of_points(sweep: Sweep) -> None:
    assert len(sweep) == 4
    assert sweep.parameters == [TIMEOUT, RESTORE]
    assert sweep[1].values_set == {TIMEOUT: "45", RESTORE: "false"}
    assert [len(point) for point in sweep[:2]] == [len(sweep[0])] * 2
    shift = sweep[0][DOWNTIME]
    assert shift.here.value is not None and shift.difference.value is not None
    assert shift.difference.value < 0
    assert str(sweep) == sweep.text
    assert sweep._repr_svg_().startswith("<svg")


def test_a_sweep_is_a_table(sweep: Sweep) -> None:
    pytest.importorskip("pandas")
    table = sweep.to_pandas()
    assert len(table) == sum(len(point) for point in sweep)
    assert str(table.dtypes[TIMEOUT]) == "float64"
    one = table[(table[TIMEOUT] == 90) & (table[RESTORE] == "true")].set_index("measure")
    assert one.loc[DOWNTIME, "difference"] == sweep[2][DOWNTIME].difference.value


def test_ranges_that_are_none() -> None:
    scenario = Scenario.read(FILE)
    with pytest.raises(UsageError, match="a sweep has one parameter or two"):
        scenario.sweep({})
    with pytest.raises(UsageError, match="has no step"):
        scenario.sweep({TIMEOUT: "1..9"})
