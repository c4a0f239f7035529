"""Experiments, comparisons and sweeps on a Dask cluster.

The work is cut into shards, each a task. Tasks may be run again, wherever and as often as the
cluster likes; the answer has the same bytes as one that was made on one machine.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Optional, Union

from distributed import Client, KilledWorker, as_completed, default_client

from . import _engine
from ._compared import Comparison
from ._errors import UsageError
from ._progress import showing
from ._results import Estimates
from ._scenario import Scenario, Value, ranges
from ._swept import Sweep

__all__ = ["compare", "experiment", "sweep"]

_Progress = Union[bool, Callable[[int], object], None]

_MOST = 10_000
"""Most shards that are made where nobody says how many."""
_LONGEST = 1_000
"""Most samples of a shard where nobody says how many."""
_EACH = 8
"""Shards for each thread of the cluster, at least."""
_WAITING = 4
"""Tasks for each thread that the cluster knows at a time; their results wait there for us."""


def experiment(
    scenario: Scenario,
    replications: Optional[int] = None,
    *,
    client: Optional[Client] = None,
    seed: Optional[int] = None,
    shards: Optional[int] = None,
    parts: Union[str, os.PathLike[str], None] = None,
    retries: int = 3,
    progress: _Progress = None,
) -> Estimates:
    """As `Scenario.experiment`, on a cluster.

    `client`: that of the cluster, the current one unless it is given. `shards`: into how many the
    work is cut. `parts`: a directory that keeps finished shards, so that the same call goes on
    after those that are there; without it nothing is kept. `retries`: how often a shard is tried
    again that failed, or whose worker died again and again.

    Raises what `Scenario.experiment` raises, before any work is given to the cluster.
    """
    work = _Work("experiment", scenario, (), (), seed, replications)
    return Estimates(_made(work, client, shards, parts, retries, progress))


def compare(
    scenario: Scenario,
    others: Mapping[str, Scenario],
    replications: Optional[int] = None,
    *,
    client: Optional[Client] = None,
    seed: Optional[int] = None,
    shards: Optional[int] = None,
    parts: Union[str, os.PathLike[str], None] = None,
    retries: int = 3,
    progress: _Progress = None,
) -> Comparison:
    """As `Scenario.compare`, on a cluster; the rest is as in `experiment`."""
    work = _Work("comparison", scenario, tuple(others.items()), (), seed, replications)
    return Comparison(_made(work, client, shards, parts, retries, progress))


def sweep(
    scenario: Scenario,
    values: Mapping[str, Union[str, Sequence[Value]]],
    replications: Optional[int] = None,
    *,
    client: Optional[Client] = None,
    seed: Optional[int] = None,
    shards: Optional[int] = None,
    parts: Union[str, os.PathLike[str], None] = None,
    retries: int = 3,
    progress: _Progress = None,
) -> Sweep:
    """As `Scenario.sweep`, on a cluster; the rest is as in `experiment`."""
    work = _Work("sweep", scenario, (), tuple(ranges(values)), seed, replications)
    return Sweep(_made(work, client, shards, parts, retries, progress))


@dataclass(frozen=True)
class _Work:
    """What is asked for. It is sent to workers, scenarios as packs."""

    kind: str
    scenario: Scenario
    others: tuple[tuple[str, Scenario], ...]
    ranges: tuple[str, ...]
    seed: Optional[int]
    replications: Optional[int]

    def job(self) -> _engine.Job:
        first = self.scenario._seeded(self.seed)
        if self.kind == "experiment":
            return _engine.Job.experiment(first, self.replications)
        if self.kind == "comparison":
            others = [(name, other._engine) for name, other in self.others]
            return _engine.Job.comparison(first, others, self.replications)
        return _engine.Job.sweep(first, list(self.ranges), self.replications)


_jobs: OrderedDict[str, _engine.Job] = OrderedDict()
_lock = threading.Lock()


def _known(token: str, work: _Work) -> _engine.Job:
    """The job of this work; a worker reads its scenarios once."""
    with _lock:
        job = _jobs.pop(token, None) or work.job()
        _jobs[token] = job
        while len(_jobs) > 4:
            _jobs.popitem(last=False)
        return job


def _shard(token: str, work: _Work, index: int, count: int) -> bytes:
    """The task: one shard."""
    return _known(token, work).shard(index, count)


def _made(
    work: _Work,
    client: Optional[Client],
    shards: Optional[int],
    parts: Union[str, os.PathLike[str], None],
    retries: int,
    progress: _Progress,
) -> _engine.Made:
    """What the engine says when all shards are there."""
    client = client or default_client()
    if client.asynchronous:
        raise UsageError("the client is asynchronous; make one with asynchronous=False")
    job = work.job()
    if shards is not None and shards < 1:
        raise UsageError(f"there cannot be {shards} shards")
    count = shards or _number(job.samples, _threads(client))
    with ExitStack() as stack:
        folder = Path(parts or stack.enter_context(tempfile.TemporaryDirectory()))
        folder.mkdir(parents=True, exist_ok=True)
        total = job.samples // job.variants
        told = stack.enter_context(showing(progress, total))
        _Shards(client, work, job, count, folder, retries, told).make()
        return job.merge([str(_part(folder, index, count)) for index in range(count)], count)


class _Shards:
    """The shards of a job, made on a cluster and put into a directory."""

    def __init__(
        self,
        client: Client,
        work: _Work,
        job: _engine.Job,
        count: int,
        folder: Path,
        retries: int,
        told: Optional[Callable[[int], object]],
    ) -> None:
        self.client, self.job, self.count, self.folder = client, job, count, folder
        self.retries, self.told = retries, told
        text = pickle.dumps((_engine.VERSION, count, work))
        self.token = hashlib.sha256(text).hexdigest()[:16]
        self.work = work
        self.done = 0
        self.again: dict[int, int] = {}

    def make(self) -> None:
        held = [index for index in range(self.count) if self._holds(index)]
        for index in held:
            self._count(index)
        left = iter(sorted(set(range(self.count)) - set(held)))
        work = self.client.submit(_same, self.work, key=f"switchover-{self.token}")
        running: dict[Any, int] = {}
        finished = as_completed()
        try:
            self._submit(left, work, running, finished)
            for future in finished:
                index = running[future]
                if self._took(future, index):
                    del running[future]
                    future.release()
                    self._submit(left, work, running, finished)
                else:
                    finished.add(future)
        finally:
            if running:
                self.client.cancel(list(running))

    def _submit(self, left: Any, work: Any, running: dict[Any, int], finished: Any) -> None:
        """Gives the cluster as many tasks as it may know at a time."""
        most = max(64, _WAITING * _threads(self.client))
        while len(running) < most and (index := next(left, None)) is not None:
            key = f"switchover-{self.token}-{index}"
            shard = (self.token, work, index, self.count)
            future = self.client.submit(_shard, *shard, key=key, retries=self.retries)
            running[future] = index
            finished.add(future)

    def _took(self, future: Any, index: int) -> bool:
        """Takes what a task came to; `False`: it is tried again."""
        try:
            text = future.result()
        except KilledWorker:
            # The scheduler blames a task for workers that died under it; this one is innocent.
            self.again[index] = self.again.get(index, 0) + 1
            if self.again[index] > self.retries:
                raise
            future.retry()
            return False
        path = _part(self.folder, index, self.count)
        aside = path.with_name(f".switchover-{os.getpid()}-{path.name}")
        aside.write_bytes(text)
        os.replace(aside, path)
        # A worker of another version or platform is found now, not when all is done.
        self._holds(index)
        self._count(index)
        return True

    def _holds(self, index: int) -> bool:
        return self.job.holds(_part(self.folder, index, self.count), index, self.count)

    def _count(self, index: int) -> None:
        samples = self.job.samples
        self.done += samples * (index + 1) // self.count - samples * index // self.count
        if self.told:
            self.told(self.done // self.job.variants)


def _same(work: _Work) -> _Work:
    return work


def _part(folder: Path, index: int, count: int) -> Path:
    """The place of a shard, as the program names it."""
    digits = len(str(count - 1))
    return folder / f"shard-{index:0{digits}}-of-{count}.part"


def _threads(client: Client) -> int:
    return sum(client.nthreads().values()) or 1


def _number(samples: int, threads: int) -> int:
    return min(samples, _MOST, max(_EACH * threads, -(-samples // _LONGEST)))
