"""What a sweep came to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Union, overload

from ._answer import Answer
from ._compared import Between, between


@dataclass(frozen=True)
class Shift:
    """A measure at a point, and how it differs from the scenario as it is."""

    measure: str
    """Its key."""
    unit: str
    """`s`, `1` or `share`."""
    here: Between
    """Its value at the point."""
    difference: Between
    """The point less the scenario as it is, by pairs of replications."""


class Point(Mapping[str, Shift]):
    """A combination of values: a mapping from measures."""

    values_set: dict[str, str]
    """What is set to what."""
    today: bool
    """Whether it is the scenario as it is."""
    may_have_least_downtime: bool
    """Whether no other point is shown to have less downtime per agent."""
    pareto: bool
    """Whether no other dominates it in downtime, needless switchovers, flaps and peak logins."""
    findings: tuple[str, ...]
    """Codes of what `check` finds at it."""

    def __init__(self, parameters: Sequence[str], known: dict[str, Any]) -> None:
        self.values_set = dict(zip(parameters, known["values"]))
        self.today = known["today"]
        self.may_have_least_downtime = known["may_have_least_downtime"]
        self.pareto = known["pareto"]
        self.findings = tuple(known["findings"])
        self._measures = {one["measure"]: _shift(one) for one in known["measures"]}

    def __getitem__(self, measure: str) -> Shift:
        return self._measures[measure]

    def __iter__(self) -> Iterator[str]:
        return iter(self._measures)

    def __len__(self) -> int:
        return len(self._measures)

    def __repr__(self) -> str:
        values = ", ".join(f"{path}={value}" for path, value in self.values_set.items())
        return f"<Point {values}>"


class Sweep(Answer, Sequence[Point]):
    """One or two parameters over their values: a sequence of points, the last parameter changing
    fastest; its `summary` has the numbers of `sweep.json`. In a notebook it shows its chart."""

    @cached_property
    def parameters(self) -> list[str]:
        """What is set: full paths."""
        paths: list[str] = self.summary["parameters"]
        return paths

    @cached_property
    def _points(self) -> list[Point]:
        return [Point(self.parameters, known) for known in self.summary["points"]]

    @overload
    def __getitem__(self, index: int) -> Point: ...
    @overload
    def __getitem__(self, index: slice) -> list[Point]: ...
    def __getitem__(self, index: Union[int, slice]) -> Union[Point, list[Point]]:
        return self._points[index]

    def __len__(self) -> int:
        return len(self._points)

    def __repr__(self) -> str:
        over = " and ".join(self.parameters)
        return f"<Sweep over {over}: {len(self)} points, {self.replications} replications each>"


def _shift(known: dict[str, Any]) -> Shift:
    here, difference = between(known["here"]), between(known["difference"])
    return Shift(known["measure"], known["unit"], here, difference)
