"""What all answers of many replications have."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from . import _engine
from ._charts import Chart, first, named
from ._tables import Tabular


class Answer(Tabular):
    """The numbers of a file, the words and the charts beside it. In a notebook it shows its first chart."""

    replications: int
    """How many replications there are, of each scenario, point or value."""
    level: float
    """Confidence level of all intervals, between 0 and 1."""

    def __init__(self, made: _engine.Made) -> None:
        self._made = made
        self.replications = made.replications
        self.level = made.level

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The numbers of the file that the program writes."""
        return self._made.summary()

    @cached_property
    def text(self) -> str:
        """What the program prints, without colours."""
        return self._made.text()

    @cached_property
    def charts(self) -> dict[str, Chart]:
        """The charts of the program by the names of their files, without the ending."""
        return named(self._made.charts())

    @cached_property
    def _table(self) -> _engine.Table:  # type: ignore[override]
        return self._made.table()

    def __reduce__(self) -> tuple[type[Answer], tuple[_engine.Made]]:
        return type(self), (self._made,)

    def __str__(self) -> str:
        return self.text

    def _repr_svg_(self) -> str:
        return first(self.charts)
