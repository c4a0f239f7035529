"""What a run, and what an experiment came to."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional

from . import _engine
from ._answer import Answer
from ._charts import Chart, first, named
from ._tables import Tables, real


class Run:
    """The results of one run. In a notebook it shows its first chart."""

    def __init__(self, engine: _engine.Run, threads: int = 0) -> None:
        self._engine = engine
        self._threads = threads

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The numbers of `summary.json`."""
        return self._engine.summary()

    @cached_property
    def text(self) -> str:
        """What the program prints, without colours."""
        return self._engine.text()

    @cached_property
    def charts(self) -> dict[str, Chart]:
        """The charts of the program by the names of their files, such as `agents-in-service`."""
        return named(self._engine.charts())

    @cached_property
    def tables(self) -> Tables:
        """The tables of the program by the names of their files, such as `outages`."""
        return Tables(self._engine, self._threads)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Run of {self.summary['scenario']}, seed {self.summary['seed']}>"

    def _repr_svg_(self) -> str:
        return first(self.charts)


@dataclass(frozen=True)
class Estimate:
    """A measure over all replications, with the digits of `experiment.json`."""

    measure: str
    """Its key, such as `downtime_s.per_agent.mean`; `switchover measures` lists them."""
    unit: str
    """`s`, `1` or `share`."""
    value: Optional[float]
    """The estimate; `None`: there was nothing to measure."""
    low: Optional[float]
    """Lower end of its interval; `None`: too few replications for one."""
    high: Optional[float]
    """Upper end of its interval; `None`: too few replications, or nothing bounds it."""
    count: int
    """How many observations it rests on."""
    method: str
    """How the interval was found."""


class Estimates(Answer, Mapping[str, Estimate]):
    """The measures of an experiment: a mapping from their keys, in the order of `experiment.json`,
    whose numbers are its `summary`. In a notebook it shows its first chart."""

    @cached_property
    def _estimates(self) -> dict[str, Estimate]:
        known = self.summary["estimates"]
        return {name: _estimate(name, known[name]) for name in self._made.measures()}

    def __getitem__(self, measure: str) -> Estimate:
        try:
            return self._estimates[measure]
        except KeyError:
            near = difflib.get_close_matches(str(measure), self._estimates, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise KeyError(f"there is no measure {measure}{hint}") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._estimates)

    def __len__(self) -> int:
        return len(self._estimates)

    def __repr__(self) -> str:
        name = self.summary["scenario"]
        return f"<Estimates of {name}: {self.replications} replications, {len(self)} measures>"


def _estimate(measure: str, known: dict[str, Any]) -> Estimate:
    return Estimate(
        measure=measure,
        unit=known["unit"],
        value=real(known["value"]),
        low=real(known["low"]),
        high=real(known["high"]),
        count=known["count"],
        method=known["method"],
    )
