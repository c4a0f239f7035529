"""On a Dask cluster the answer is that of one machine, whatever dies on the way."""

import json
import os
import pickle
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union

import pytest

from switchover import Comparison, Estimates, Scenario, Sweep, SwitchoverError, UsageError

distributed = pytest.importorskip("distributed")
dask = pytest.importorskip("switchover.dask")

from witness import Witness, at_work, begun  # noqa: E402

TESTS = Path(__file__).resolve().parent
TIMEOUT = "disaster-recovery.timeout"


class Cluster:
    """A scheduler and workers on the loopback interface, each a process."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "scheduler.json"
        self.workers: dict[int, subprocess.Popen[bytes]] = {}
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard")
        while not self.file.exists():
            time.sleep(0.05)

    def _start(self, what: str, *more: str) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-m", "dask", what, "--scheduler-file", str(self.file)]
        log = (self.folder / "log").open("ab")
        paths = os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])
        own = {**os.environ, "PYTHONPATH": paths}
        host = ["--host", "127.0.0.1"]
        return subprocess.Popen([*program, *host, *more], stdout=log, stderr=log, env=own)

    def begin(self, number: int) -> None:
        """Starts so many workers."""
        for _ in range(number):
            how = ["--no-nanny", "--nthreads", "1", "--no-dashboard", "--memory-limit", "0"]
            worker = self._start("worker", *how, "--local-directory", str(self.folder))
            self.workers[worker.pid] = worker

    def kill(self, witnessed: Path) -> None:
        """Kills a worker with SIGKILL while it works, and starts another."""
        busy = next(pid for pid in at_work(witnessed) if pid in self.workers)
        worker = self.workers.pop(busy)
        worker.kill()
        worker.wait()
        self.begin(1)

    def end(self) -> None:
        for process in [*self.workers.values(), self.scheduler]:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    cluster.begin(4)
    yield cluster
    cluster.end()


@pytest.fixture
def client(cluster: Cluster) -> Iterator[Any]:
    with distributed.Client(scheduler_file=str(cluster.file)) as client:
        client.wait_for_workers(4)
        yield client


@pytest.fixture
def year(scenarios: Path) -> Scenario:
    return Scenario.read(scenarios / "11-random-year.toml")


def told(answer: Union[Estimates, Comparison, Sweep]) -> bytes:
    """All of an answer."""
    charts = [chart.svg for chart in answer.charts.values()]
    return json.dumps([answer.summary, answer.text, charts]).encode()


def small(year: Scenario) -> Scenario:
    """20 agents and 90 days of it."""
    own = year.copy()
    for group, agents in {"tower": 8, "harbour": 8, "mill": 4}.items():
        own.set(f"agent-group.{group}.agents", agents)
    own.set("horizon", "90d")
    return own


def test_workers_may_be_killed(
    year: Scenario, cluster: Cluster, client: Any, tmp_path: Path
) -> None:
    number = int(os.environ.get("SWITCHOVER_REPLICATIONS", "100"))
    is_long = number >= 10_000
    year, shards = (small(year), 100) if is_long else (year, 20)
    witnessed = tmp_path / "witnessed"
    whole = year.experiment(replications=number, progress=False)
    began = time.perf_counter()
    if is_long:
        undisturbed = dask.experiment(year, number, client=client, shards=shards, progress=False)
        assert told(undisturbed) == told(whole)
    alone = time.perf_counter() - began
    client.register_plugin(Witness(witnessed), name="witness")
    still = [number // 4, number // 2]

    def heard(done: int) -> None:
        if still and done >= still[0]:
            still.pop(0)
            cluster.kill(witnessed)

    began = time.perf_counter()
    made = dask.experiment(year, number, client=client, shards=shards, progress=heard)
    killed = time.perf_counter() - began
    assert not still, "two workers were killed"
    assert told(made) == told(whole)
    often = Counter(begun(witnessed))
    tasks = [key for key in often if key.count("-") == 2]
    assert len(tasks) == shards
    assert max(often[key] for key in tasks) > 1, "a shard ran twice"
    if is_long:
        # In a short one the start of a worker weighs more than its shards.
        print(f"{alone:.1f} s undisturbed, {killed:.1f} s with two workers killed")
        assert killed < 1.6 * alone


def test_comparisons_and_sweeps(year: Scenario, client: Any) -> None:
    quicker = year.copy()
    quicker.set(TIMEOUT, 30)
    others = {"30 s": quicker}
    made = dask.compare(year, others, 8, client=client, shards=5, seed=3)
    assert told(made) == told(year.compare(others, 8, seed=3, progress=False))
    values = {TIMEOUT: [30, 90]}
    made = dask.sweep(year, values, 4, client=client)
    assert told(made) == told(year.sweep(values, 4, progress=False))


def test_the_block_of_the_page(
    client: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = (TESTS.parents[1] / "docs" / "scale.md").read_text(encoding="utf-8")
    block = page.split("\n### Dask\n")[1].split("```python\n")[1].split("```")[0]
    for theirs, own in {"tcp://scheduler:8786": client.scheduler.address, "100_000": "8"}.items():
        assert theirs in block
        block = block.replace(theirs, own)
    year_file = TESTS.parents[1] / "scenarios" / "11-random-year.toml"
    (tmp_path / "year.toml").write_bytes(year_file.read_bytes())
    monkeypatch.chdir(tmp_path)
    session: dict[str, Any] = {}
    exec(compile(block, "docs/scale.md", "exec"), session)
    session["client"].close()
    assert told(session["estimates"]) == told(session["year"].experiment(8, progress=False))


def test_what_is_done_stays_done(year: Scenario, client: Any, tmp_path: Path) -> None:
    witnessed = tmp_path / "witnessed"
    parts = tmp_path / "parts"
    client.register_plugin(Witness(witnessed), name="witness")
    heard: list[int] = []
    first = dask.experiment(year, 12, client=client, shards=4, parts=parts, progress=heard.append)
    assert heard == [3, 6, 9, 12]
    assert len(begun(witnessed)) == 4 + 1
    (parts / "shard-2-of-4.part").unlink()
    again = dask.experiment(year, 12, client=client, shards=4, parts=parts)
    assert told(again) == told(first)
    with pytest.raises(SwitchoverError, match="it was made with seed"):
        dask.experiment(year, 12, client=client, shards=4, parts=parts, seed=8)


def test_what_cannot_be_asked_for(year: Scenario, client: Any) -> None:
    with pytest.raises(UsageError, match="there is no shard 0 of 4: 3 are the most"):
        dask.experiment(year, 3, client=client, shards=4)
    with pytest.raises(UsageError, match="there cannot be 0 shards"):
        dask.experiment(year, 3, client=client, shards=0)
    with pytest.raises(UsageError, match="shards need to know how many replications there are"):
        dask.experiment(year, client=client)


def test_a_scenario_can_be_sent(scenarios: Path) -> None:
    scenario = Scenario.read(scenarios / "18-fitted-faults.toml")
    scenario.set("seed", 5)
    sent = pickle.loads(pickle.dumps(scenario))
    assert sent.pack() == scenario.pack()
    assert told(sent.experiment(2, progress=False)) == told(scenario.experiment(2, progress=False))
