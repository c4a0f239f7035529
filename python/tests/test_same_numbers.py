"""The numbers of Python are those of the program."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import switchover
from conftest import built
from switchover import Scenario

Program = Callable[..., Any]


@pytest.mark.parametrize("name", ["00-smallest", "07-site-loss", "11-random-year"])
def test_a_run(scenarios: Path, program: Program, name: str) -> None:
    file = scenarios / f"{name}.toml"
    theirs = program("run", file, "--replications", "1", "--no-rows")
    assert Scenario.read(file).run().summary == theirs


def test_keys_come_in_the_order_of_the_file(scenarios: Path, program: Program) -> None:
    file = scenarios / "00-smallest.toml"
    theirs = program("run", file, "--no-rows")
    assert list(Scenario.read(file).run().summary) == list(theirs)


def test_a_run_with_another_seed_and_a_setting(scenarios: Path, program: Program) -> None:
    file = scenarios / "11-random-year.toml"
    changes = ["--set", "seed=7", "--set", "disaster-recovery.timeout=90"]
    theirs = program("run", file, "--replications", "1", "--no-rows", *changes)
    scenario = Scenario.read(file)
    scenario.set("disaster-recovery.timeout", 90)
    ours = scenario.run(seed=7)
    assert ours.summary == theirs
    assert scenario.run().summary["seed"] != 7, "the seed of a run does not stay"


def test_an_experiment(scenarios: Path, program: Program) -> None:
    file = scenarios / "11-random-year.toml"
    theirs = program("run", file, "--replications", "12", "--set", "seed=3")
    ours = Scenario.read(file).experiment(replications=12, seed=3, progress=False)
    assert ours.summary == theirs
    assert set(ours) == set(theirs["estimates"])
    assert ours.replications == 12
    for name, estimate in ours.items():
        known = theirs["estimates"][name]
        assert (estimate.value, estimate.low) == (known["value"], known["low"])
        assert (estimate.high, estimate.method) == (known["high"], known["method"])


def test_as_many_as_a_precision_needs(scenarios: Path, program: Program) -> None:
    file = scenarios / "11-random-year.toml"
    theirs = program("run", file, "--precision", "20%")
    ours = Scenario.read(file).experiment(precision=0.2, progress=False)
    assert ours.summary == theirs


def test_threads_change_nothing(scenarios: Path) -> None:
    scenario = Scenario.read(scenarios / "11-random-year.toml")
    one = scenario.experiment(replications=5, threads=1, progress=False)
    many = scenario.experiment(replications=5, threads=3, progress=False)
    assert one.summary == many.summary
    assert one.text == many.text


def test_findings(scenarios: Path, program: Program) -> None:
    file = scenarios / "00-smallest.toml"
    theirs = program("check", file)["findings"]
    ours = Scenario.read(file).check()
    parts = ["code", "severity", "message", "line", "column", "help"]
    told = [{part: getattr(found, part) for part in parts} for found in ours]
    assert told == [{part: found[part] for part in parts} for found in theirs]


def test_a_finding_looks_as_on_the_terminal(scenarios: Path) -> None:
    file = scenarios / "00-smallest.toml"
    asked = [built(), "check", str(file)]
    told = subprocess.run(asked, check=False, capture_output=True, text=True).stdout
    for found in Scenario.read(file).check():
        assert f"{found}\n\n" in told


def test_the_version_is_the_programs() -> None:
    manifest = Path(__file__).resolve().parents[2] / "Cargo.toml"
    assert f'version = "{switchover.__version__}"' in manifest.read_text(encoding="utf-8")
