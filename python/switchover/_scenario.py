"""A scenario as a value."""

from __future__ import annotations

import json
import operator
import os
from collections.abc import Callable, Mapping, Sequence
from typing import Optional, SupportsFloat, SupportsIndex, Union

from . import _engine
from ._compared import Comparison
from ._errors import UsageError
from ._findings import Finding
from ._headroom import Headroom
from ._progress import showing
from ._results import Estimates, Run
from ._swept import Sweep

Value = Union[bool, str, SupportsIndex, SupportsFloat, "Sequence[Value]"]
"""What a key of a scenario can be set to."""


class Scenario:
    """A scenario: its text and what was set in it. While it runs, other threads go on."""

    def __init__(self, engine: _engine.Scenario, name: str) -> None:
        self._engine = engine
        self._name = name

    @classmethod
    def read(cls, path: Union[str, os.PathLike[str]]) -> Scenario:
        """Reads a scenario file, or a pack. Data files that it names are looked for beside it when
        it is checked or run.

        Raises `ReadError`. Mistakes in the text are found by `check`.
        """
        return cls(_engine.Scenario.read(path), os.fspath(path))

    @classmethod
    def parse(cls, name: str, text: str) -> Scenario:
        """A scenario from its text; data files that it names are looked for in the current
        directory."""
        return cls(_engine.Scenario.parse(name, text), name)

    def copy(self) -> Scenario:
        """Another scenario that is the same; to set something in it changes this one not."""
        return type(self)(self._engine.copy(), self._name)

    def set(self, path: str, value: Value) -> None:
        """Sets a key in this scenario, as `--set PATH=VALUE` does: a short path is enough where it
        means one thing. Text is written as in the file, its quotes are not needed.

        Raises `UsageError` if the path means nothing; the scenario stays as it was. A value that
        will not do is found by `check`.
        """
        self._engine.set(path, _written(value))

    def check(self) -> list[Finding]:
        """Everything that checks find, errors, warnings and remarks, in the order of the text."""
        return self._engine.check()

    def run(self, seed: Optional[int] = None, threads: int = 0) -> Run:
        """Simulates it once, with its own seed or another, on so many threads, 0 for as many as
        there are; no result depends on it.

        Raises `ScenarioError`, `EndlessError`.
        """
        _refuse(None, None, threads)
        return Run(self._seeded(seed).run(threads), threads)

    def experiment(
        self,
        replications: Optional[int] = None,
        precision: Optional[float] = None,
        seed: Optional[int] = None,
        threads: int = 0,
        progress: Union[bool, Callable[[int], object], None] = None,
    ) -> Estimates:
        """Simulates it many times: this number of `replications`; or until the half-width of each
        watched measure is at most this share of its value (`precision`, 0.05 is 5 %); or as the
        scenario says.

        `threads`: how many, 0 for one per processor; no result depends on it. `progress`: a
        function that is called repeatedly with the number of replications done; `True` for a bar
        of tqdm, `False` for none, `None` for one where tqdm is installed and somebody looks.

        Raises `ScenarioError`, `EndlessError`, `UsageError`.
        """
        _refuse(replications, precision, threads)
        engine = self._seeded(seed)
        with showing(progress, replications) as told:
            return Estimates(engine.experiment(replications, precision, threads, told))

    def compare(
        self,
        others: Mapping[str, Scenario],
        replications: Optional[int] = None,
        precision: Optional[float] = None,
        seed: Optional[int] = None,
        threads: int = 0,
        progress: Union[bool, Callable[[int], object], None] = None,
    ) -> Comparison:
        """Compares it with others, each by a name of your choice, under the same faults and random
        draws: those of this scenario's seed, or of another.

        100 replications, unless this scenario or `replications` say otherwise; `precision` is one
        of the differences. The rest is as in `experiment`.
        """
        _refuse(replications, precision, threads)
        engine = self._seeded(seed)
        engines = [(name, other._engine) for name, other in others.items()]
        with showing(progress, replications) as told:
            return Comparison(engine.compare(engines, replications, precision, threads, told))

    def sweep(
        self,
        values: Mapping[str, Union[str, Sequence[Value]]],
        replications: Optional[int] = None,
        precision: Optional[float] = None,
        seed: Optional[int] = None,
        threads: int = 0,
        progress: Union[bool, Callable[[int], object], None] = None,
    ) -> Sweep:
        """Sets one or two keys to many values, and compares every point with the scenario as it is.
        Values are a list, or a range as text: `"10..90 step 20"`. The rest is as in `compare`.
        """
        _refuse(replications, precision, threads)
        engine = self._seeded(seed)
        with showing(progress, replications) as told:
            return Sweep(engine.sweep(ranges(values), replications, precision, threads, told))

    def headroom(
        self,
        target: str,
        vary: Union[str, Sequence[str]],
        faults: Sequence[str] = (),
        replications: Optional[int] = None,
        precision: Optional[float] = None,
        seed: Optional[int] = None,
        threads: int = 0,
        progress: Union[bool, Callable[[int], object], None] = None,
    ) -> Headroom:
        """How small a capacity may be, or how large a group of agents, while a measure keeps its
        bound: `target` is `"MEASURE=BOUND"`, `vary` one path or several, each `"PATH"` or
        `"PATH=LOW..HIGH"`. If `faults` names some, only those strike.

        100 replications of each value, unless the scenario or `replications` say otherwise; with
        `precision` as many as the measure needs in the scenario as it is. The rest is as in
        `experiment`.
        """
        _refuse(replications, precision, threads)
        engine = self._seeded(seed)
        question = (target, [vary] if isinstance(vary, str) else list(vary), list(faults))
        with showing(progress, None) as told:
            return Headroom(engine.headroom(question, replications, precision, threads, told))

    def pack(self) -> bytes:
        """It and the data files that it names as one file, as `switchover pack` makes it; what was
        set is in its text.

        Raises `UsageError`.
        """
        return self._engine.pack()

    def __reduce__(self) -> tuple[Callable[..., Scenario], tuple[bytes, str]]:
        return _unpacked, (self.pack(), self._name)

    def __repr__(self) -> str:
        return f"<Scenario {self._name}>"

    def _seeded(self, seed: Optional[int]) -> _engine.Scenario:
        if seed is None:
            return self._engine
        engine = self._engine.copy()
        engine.set("seed", _written(seed))
        return engine


def _unpacked(pack: bytes, name: str) -> Scenario:
    return Scenario(_engine.Scenario.unpack(pack), name)


def ranges(values: Mapping[str, Union[str, Sequence[Value]]]) -> list[str]:
    """Parameters of a sweep as the program takes them."""
    return [
        f"{path}={own if isinstance(own, str) else ','.join(map(_written, own))}"
        for path, own in values.items()
    ]


def _refuse(replications: Optional[int], precision: Optional[float], threads: int) -> None:
    """Numbers that cannot be asked for."""
    if replications is not None and precision is not None:
        raise UsageError("replications and precision cannot both be asked for")
    for name, number in (("replications", replications), ("threads", threads)):
        if number is not None and number < 0:
            raise UsageError(f"{name} is {number}, and less than nothing cannot be asked for")


def _written(value: Value) -> str:
    """As a scenario file has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, SupportsIndex):
        return str(operator.index(value))
    if isinstance(value, SupportsFloat):
        return repr(float(value))
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(_item, value)) + "]"
    raise TypeError(f"a scenario has no values of type {type(value).__name__}")


def _item(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else _written(value)
