"""What a search for the end of a bound came to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal, Optional

from ._answer import Answer
from ._compared import Between, between


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
    remark: Optional[str]
    """`no end (S021)`: a run has no end at this value, which keeps no bound."""


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


class Headroom(Answer, Mapping[str, Edge]):
    """How far settings may go while a measure keeps its bound: a mapping from their paths; its
    `summary` has the numbers of `headroom.json`. In a notebook it shows its first chart."""

    @cached_property
    def _edges(self) -> dict[str, Edge]:
        return {known["varied"]["path"]: _edge(known) for known in self.summary["answers"]}

    def __getitem__(self, path: str) -> Edge:
        return self._edges[path]

    def __iter__(self) -> Iterator[str]:
        return iter(self._edges)

    def __len__(self) -> int:
        return len(self._edges)

    def __repr__(self) -> str:
        answers = ", ".join(f"{path}: {edge.answer}" for path, edge in self.items())
        return f"<Headroom {answers}>"


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
    verdict, remark = known["verdict"], known["remark"]
    return Tried(known["value"], number, known["today"], measure, verdict, remark)
