"""What a scenario can be asked, and how it refuses."""

import pickle
import threading
from pathlib import Path

import pytest

from switchover import (
    ReadError,
    Scenario,
    ScenarioError,
    SwitchoverError,
    UsageError,
)

SMALL = """\
horizon = "2h"
[application.interaction-workspace]
disaster-recovery.enabled = true
disaster-recovery.preferred-site = "X"
disaster-recovery.peer-site = "Y"
[site.X]
[site.Y]
[agent-group.agents]
agents = 100
[[fault]]
target = "site X"
at = "10m"
for = "20m"
"""


@pytest.fixture
def small() -> Scenario:
    return Scenario.parse("small", SMALL)


def test_a_scenario_from_text_runs(small: Scenario) -> None:
    run = small.run()
    assert run.summary["switchovers"]["count"] == 100
    assert str(run) == run.text
    assert "100" in run.text
    assert repr(small) == "<Scenario small>"


def test_settings_of_every_kind(small: Scenario) -> None:
    small.set("disaster-recovery.timeout", 120)
    small.set("disaster-recovery.auto-restore", False)
    small.set("horizon", "1h")
    small.set("site.X.login-capacity", "2.5/s")
    summary = small.run().summary
    assert summary["horizon_s"] == 3600
    assert summary["restores"]["count"] == 0


def test_a_copy_is_another_scenario(small: Scenario) -> None:
    other = small.copy()
    other.set("horizon", "1h")
    assert small.run().summary["horizon_s"] == 7200
    assert other.run().summary["horizon_s"] == 3600


def test_a_setting_that_leads_nowhere(small: Scenario) -> None:
    with pytest.raises(UsageError) as refused:
        small.set("disaster-recovery.timout", 5)
    assert "timout" in str(refused.value)
    assert refused.value.findings == ()
    assert refused.value.code is None
    assert isinstance(refused.value, ValueError)
    assert small.run().summary["switchovers"]["count"] == 100


def test_a_value_of_no_kind(small: Scenario) -> None:
    with pytest.raises(TypeError, match="no values of type dict"):
        small.set("horizon", {})  # type: ignore[arg-type]


def test_a_finding_says_where_and_what_to_do(small: Scenario) -> None:
    small.set("disaster-recovery.peer-site", "Z")
    errors = [found for found in small.check() if found.severity == "error"]
    assert errors
    with pytest.raises(ScenarioError) as refused:
        small.run()
    error = refused.value
    assert error.findings == tuple(errors)
    first = errors[0]
    assert (error.code, error.line, error.help) == (first.code, first.line, first.help)
    assert first.line == 5
    assert str(first).startswith(f"error[{first.code}]: {first.message}\n")
    assert "--> small:5:" in str(first)
    assert str(first) in str(error)
    assert isinstance(error, SwitchoverError)
    assert pickle.loads(pickle.dumps(error)).findings == error.findings


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    missing = tmp_path / "none.toml"
    with pytest.raises(ReadError) as refused:
        Scenario.read(missing)
    assert str(refused.value) == f"cannot read {missing}: No such file or directory"


def test_numbers_that_cannot_be_asked_for(small: Scenario) -> None:
    with pytest.raises(UsageError, match="both"):
        small.experiment(replications=3, precision=0.1)
    with pytest.raises(UsageError, match="replications is -1"):
        small.experiment(replications=-1)
    with pytest.raises(UsageError, match="empty range"):
        small.experiment(replications=0)
    with pytest.raises(UsageError, match="the precision 2 is not above 0 and below 1"):
        small.experiment(precision=2)
    with pytest.raises(ScenarioError) as refused:
        small.run(seed=-1)
    assert "seed" in str(refused.value)


def test_other_threads_go_on(scenarios: Path) -> None:
    scenario = Scenario.read(scenarios / "11-random-year.toml")
    ended = threading.Event()

    def work() -> None:
        scenario.experiment(replications=10, threads=1, progress=False)
        ended.set()

    worker = threading.Thread(target=work)
    worker.start()
    turns = 0
    while not ended.wait(0.001):
        turns += 1
    worker.join()
    assert turns > 10
