"""What all answers of many replications have."""

from typing import Any

from ._charts import Chart, first, named
from ._tables import Tabular


class Answer(Tabular):
    """The numbers of a file, the words and the charts beside it. In a notebook it shows its first chart."""

    summary: dict[str, Any]
    """The numbers of the file that the program writes."""
    text: str
    """What the program prints, without colours."""
    replications: int
    """How many replications there are, of each scenario, point or value."""
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

    def __str__(self) -> str:
        return self.text

    def _repr_svg_(self) -> str:
        return first(self.charts)
