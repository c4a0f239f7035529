"""What a search for the end of a bound came to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Optional

from ._charts import Chart, first, named
from ._compared import Between, between
from ._tables import Tabular


@dataclass(frozen=True)
class Tried:
    """A value that was tried."""

    value: str
    """As it may be typed."""
    number: float
    """In base units: a number, a share, seconds, a number per second."""
    today: bool
    """Whether it is the value in the scenario."""
    measure: Between
    """The measure there."""
    verdict: Literal["PASS", "FAIL", "INCONCLUSIVE"]
    """Whether the bound is kept there, for certain."""


@dataclass(frozen=True)
class Edge:
    """The answer for one setting that was varied."""

    path: str
    """What was varied."""
    finding: str
    """What follows: `edge`, or why there is no answer."""
    answer: Optional[str]
    """The last value that keeps the bound, as it may be typed; `None`: there is none."""
    answer_is: Optional[str]
    """`smallest` or `largest`."""
    keeps_with_confidence: Optional[str]
    """The value nearest to the answer whose whole interval keeps the bound."""
    breaks_with_confidence: Optional[str]
    """The value nearest to the answer whose whole interval breaks it."""
    sentences: tuple[str, ...]
    """The same in words."""
    tried: tuple[Tried, ...]
    """The values that were tried, in rising order."""


class Headroom(Tabular, Mapping[str, Edge]):
    """How far settings may go while a measure keeps its bound: a mapping from their paths. In a
    notebook it shows its first chart."""

    _kinds = {
        "path": "text",
        "value": "text",
        "number": "real",
        "measure": "real",
        "low": "real",
        "high": "real",
        "verdict": "text",
    }

    summary: dict[str, Any]
    """The numbers of `headroom.json`."""
    text: str
    """What the program prints, without colours."""
    replications: int
    """How many replications each value has."""
    level: float
    """Confidence level of all intervals, between 0 and 1."""
    charts: dict[str, Chart]
    """The charts of the program by the names of their files, without the ending."""

    def __init__(
        self,
        summary: dict[str, Any],
        text: str,
        replications: int,
        level: float,
        drawn: list[tuple[str, str, str]],
    ) -> None:
        self.summary = summary
        self.text = text
        self.replications = replications
        self.level = level
        self.charts = named(drawn)
        self._edges = {known["varied"]["path"]: _edge(known) for known in summary["answers"]}

    def __getitem__(self, path: str) -> Edge:
        return self._edges[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._edges)

    def __len__(self) -> int:
        return len(self._edges)

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        answers = ", ".join(f"{path}: {edge.answer}" for path, edge in self.items())
        return f"<Headroom {answers}>"

    def _repr_svg_(self) -> str:
        return first(self.charts)

    def _rows(self) -> list[tuple[Any, ...]]:
        return [
            (
                path,
                one.value,
                one.number,
                one.measure.value,
                one.measure.low,
                one.measure.high,
                one.verdict,
            )
            for path, edge in self.items()
            for one in edge.tried
        ]


def _edge(known: dict[str, Any]) -> Edge:
    return Edge(
        path=known["varied"]["path"],
        finding=known["finding"],
        answer=known["answer"],
        answer_is=known["answer_is"],
        keeps_with_confidence=known["keeps_with_confidence"],
        breaks_with_confidence=known["breaks_with_confidence"],
        sentences=tuple(known["sentences"]),
        tried=tuple(_tried(one) for one in known["tried"]),
    )


def _tried(known: dict[str, Any]) -> Tried:
    measure = between(known["measure"])
    number = float(known["number"])
    return Tried(known["value"], number, known["today"], measure, known["verdict"])
