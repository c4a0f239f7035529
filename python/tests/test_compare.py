"""Comparisons: the numbers of the program, a mapping, tables, charts."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from switchover import Comparison, Run, Scenario, UsageError

DOWNTIME = "downtime_s.per_agent.mean"
TIMEOUT = "application.interaction-workspace.disaster-recovery.timeout"
FILE = Path(__file__).resolve().parents[2] / "scenarios" / "17-year-with-bounds.toml"


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    scenario = Scenario.read(FILE)
    others = {}
    for timeout in (45, 90):
        others[f"{timeout} s"] = scenario.copy()
        others[f"{timeout} s"].set(TIMEOUT, timeout)
    return scenario.compare(others, replications=10, seed=4, progress=False)


def test_the_numbers_are_the_programs(program: Callable[..., Any]) -> None:
    more = ["--replications", "10", "--seed", "4", "--set", f"{TIMEOUT}=45,1"]
    theirs = program("compare", FILE, *more)
    scenario = Scenario.read(FILE)
    others = {}
    for timeout in (45, 1):
        name = f"{FILE.name} with {TIMEOUT}={timeout}"
        others[name] = scenario.copy()
        others[name].set("disaster-recovery.timeout", timeout)
    ours = scenario.compare(others, replications=10, seed=4, progress=False).summary
    assert ours == theirs
    assert list(ours) == list(theirs)
    assert ours["changes"][0]["today"][0]["value"] == "60"
    assert ours["findings"]


def test_a_comparison_is_a_mapping(comparison: Comparison) -> None:
    assert list(comparison) == ["45 s", "90 s"]
    contrast = comparison["45 s"][DOWNTIME]
    assert contrast.unit == "s"
    difference = contrast.difference
    assert difference.value is not None and difference.value < 0
    assert difference.low is not None and difference.high is not None
    assert difference.low <= difference.value <= difference.high
    assert "45 s" in str(comparison)
    assert comparison.replications == 10


def test_a_comparison_is_a_table(comparison: Comparison) -> None:
    pytest.importorskip("pandas")
    table = comparison.to_pandas().set_index(["variant", "measure"])
    contrast = comparison["90 s"][DOWNTIME]
    assert table.loc[("90 s", DOWNTIME), "difference"] == contrast.difference.value
    assert str(table.dtypes["better"]) == "float64"


def test_charts_show_themselves(comparison: Comparison) -> None:
    assert len(comparison.charts) == 3
    for chart in comparison.charts.values():
        assert chart.title
        assert chart._repr_svg_().startswith("<svg")
    assert comparison._repr_svg_() == next(iter(comparison.charts.values())).svg


def test_charts_of_a_run_are_the_programs() -> None:
    root = FILE.parents[1]
    run: Run = Scenario.read(root / "scenarios" / "07-site-loss.toml").run()
    assert run._repr_svg_() == run.charts["agents-in-service"].svg
    for name, chart in run.charts.items():
        committed = (root / "results" / "07-site-loss" / f"{name}.svg").read_text(encoding="utf-8")
        sheet = chart.svg.removesuffix("></text>\n</svg>\n")
        assert committed.startswith(sheet), "but for where it comes from"


def test_there_must_be_another() -> None:
    with pytest.raises(UsageError, match="there is nothing to compare with"):
        Scenario.read(FILE).compare({})
