"""What a sweep came to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Optional, Union, overload

from ._answer import Answer
from ._compared import Between, between
from ._tables import Kind


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
    fastest. In a notebook it shows its chart."""

    summary: dict[str, Any]
    """The numbers of `sweep.json`."""
    parameters: list[str]
    """What is set: full paths."""

    def __init__(
        self,
        summary: dict[str, Any],
        text: str,
        replications: int,
        level: float,
        drawn: list[tuple[str, str, str]],
        numbers: list[Optional[list[float]]],
    ) -> None:
        super().__init__(summary, text, replications, level, drawn)
        self.parameters = summary["parameters"]
        self._points = [Point(self.parameters, known) for known in summary["points"]]
        self._set = _placed(self._points, self.parameters, numbers)
        kinds: list[Kind] = ["text" if one is None else "real" for one in numbers]
        self._kinds = {
            **dict(zip(self.parameters, kinds)),
            "measure": "text",
            "unit": "text",
            "value": "real",
            "low": "real",
            "high": "real",
            "difference": "real",
            "difference_low": "real",
            "difference_high": "real",
        }

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

    def _rows(self) -> list[tuple[Any, ...]]:
        return [
            (
                *values,
                one.measure,
                one.unit,
                one.here.value,
                one.here.low,
                one.here.high,
                one.difference.value,
                one.difference.low,
                one.difference.high,
            )
            for values, point in zip(self._set, self._points)
            for one in point.values()
        ]


def _placed(
    points: Sequence[Point], parameters: Sequence[str], numbers: Sequence[Optional[list[float]]]
) -> list[tuple[Union[str, float], ...]]:
    """The values of each point, as numbers where all of a parameter are numbers."""
    known = []
    for path, own in zip(parameters, numbers):
        texts = list(dict.fromkeys(point.values_set[path] for point in points))
        known.append(dict(zip(texts, own)) if own is not None else dict(zip(texts, texts)))
    return [
        tuple(places[point.values_set[path]] for path, places in zip(parameters, known))
        for point in points
    ]


def _shift(known: dict[str, Any]) -> Shift:
    here, difference = between(known["here"]), between(known["difference"])
    return Shift(known["measure"], known["unit"], here, difference)
