"""What a comparison came to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Optional

from ._answer import Answer
from ._tables import real


@dataclass(frozen=True)
class Between:
    """A value and its interval."""

    value: Optional[float]
    """The value; `None`: there are too few for it."""
    low: Optional[float]
    """Lower end."""
    high: Optional[float]
    """Upper end."""


@dataclass(frozen=True)
class Contrast:
    """A measure of the first scenario and of another, under the same faults and random draws."""

    measure: str
    """Its key."""
    unit: str
    """`s`, `1` or `share`."""
    first: Between
    """Its value in the first."""
    this: Between
    """Its value in the other."""
    difference: Between
    """The other less the first, by pairs of replications."""
    method: str
    """How the interval of the difference was found."""
    better: Optional[Between]
    """Share of the replications in which the other is better; `None`: neither way is better."""


class Comparison(Answer, Mapping[str, Mapping[str, Contrast]]):
    """A first scenario against others: a mapping from the name of another to its measures; its
    `summary` has the numbers of `compare.json`. In a notebook it shows its first chart."""

    @cached_property
    def _others(self) -> dict[str, dict[str, Contrast]]:
        return {
            other["name"]: {known["measure"]: _contrast(known) for known in other["measures"]}
            for other in self.summary["against"]
        }

    def __getitem__(self, name: str) -> Mapping[str, Contrast]:
        return self._others[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._others)

    def __len__(self) -> int:
        return len(self._others)

    def __repr__(self) -> str:
        names = ", ".join(self)
        return f"<Comparison of {self.summary['first']} with {names}: {self.replications} each>"


def _contrast(known: dict[str, Any]) -> Contrast:
    return Contrast(
        measure=known["measure"],
        unit=known["unit"],
        first=between(known["first"]),
        this=between(known["this"]),
        difference=between(known["difference"]),
        method=known["method"],
        better=between(known["better"]) if known["better"] else None,
    )


def between(known: dict[str, Any]) -> Between:
    """As a file has it."""
    return Between(real(known["value"]), real(known["low"]), real(known["high"]))
