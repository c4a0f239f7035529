"""Estimates as a mapping and as tables."""

from pathlib import Path

import pytest

from switchover import Estimates, Scenario

DOWNTIME = "downtime_s.per_agent.mean"


@pytest.fixture(scope="module")
def estimates() -> Estimates:
    scenarios = Path(__file__).resolve().parents[2] / "scenarios"
    scenario = Scenario.read(scenarios / "11-random-year.toml")
    return scenario.experiment(replications=8, progress=False)


def test_an_estimate_has_its_interval(estimates: Estimates) -> None:
    downtime = estimates[DOWNTIME]
    assert downtime.unit == "s"
    assert downtime.value is not None
    assert downtime.low is not None and downtime.high is not None
    assert downtime.low <= downtime.value <= downtime.high
    assert DOWNTIME in estimates
    assert len(estimates) == len(list(estimates)) > 10
    assert str(estimates) == estimates.text


def test_a_misspelt_measure_is_answered_with_what_was_meant(estimates: Estimates) -> None:
    with pytest.raises(KeyError, match=f"did you mean {DOWNTIME}"):
        estimates["downtime_s.per_agent.maen"]


def test_pandas(estimates: Estimates) -> None:
    pandas = pytest.importorskip("pandas")
    table = estimates.to_pandas().set_index("measure")
    assert isinstance(table, pandas.DataFrame)
    assert table.loc[DOWNTIME, "value"] == estimates[DOWNTIME].value
    assert [str(kind) for kind in table.dtypes[["value", "low", "high"]]] == ["float64"] * 3
    assert str(table.dtypes["count"]) == "int64"
