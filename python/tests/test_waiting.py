"""Progress, and Ctrl-C."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from switchover import Scenario


def test_progress_is_told(scenarios: Path) -> None:
    scenario = Scenario.read(scenarios / "11-random-year.toml")
    told: list[int] = []
    scenario.experiment(replications=20, threads=1, progress=told.append)
    assert told == sorted(told)
    assert all(0 <= done < 20 for done in told)


def test_what_progress_raises_ends_the_experiment(scenarios: Path) -> None:
    class Enough(Exception):
        pass

    def told(_: int) -> None:
        raise Enough

    scenario = Scenario.read(scenarios / "11-random-year.toml")
    with pytest.raises(Enough):
        scenario.experiment(replications=1_000_000, progress=told)


def test_a_bar_of_tqdm(scenarios: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    scenario = Scenario.read(scenarios / "11-random-year.toml")
    scenario.experiment(replications=8, progress=True)
    assert "8/8" in capsys.readouterr().err
    scenario.experiment(replications=8)
    assert capsys.readouterr().err == "", "nobody looks"


LONG_RUN = "scenario.set('horizon', '100y'); print('begun', flush=True); scenario.run()"
LONG_EXPERIMENT = (
    "print('begun', flush=True); scenario.experiment(replications=10_000_000, progress=False)"
)


@pytest.mark.skipif(os.name == "nt", reason="SIGINT cannot be sent there")
@pytest.mark.parametrize("work", [LONG_RUN, LONG_EXPERIMENT])
def test_ctrl_c_ends_it(scenarios: Path, work: str) -> None:
    file = str(scenarios / "11-random-year.toml")
    code = f"from switchover import Scenario; scenario = Scenario.read({file!r}); {work}"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n"
    time.sleep(0.5)
    assert child.poll() is None, "it is long enough"
    asked = time.monotonic()
    child.send_signal(signal.SIGINT)
    _, said = child.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    assert time.monotonic() - asked < 10
