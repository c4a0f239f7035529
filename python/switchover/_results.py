"""What a run, and what an experiment came to."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Optional


class Run:
    """The results of one run."""

    summary: dict[str, Any]
    """The numbers of `summary.json`."""
    text: str
    """What the program prints, without colours."""

    def __init__(self, summary: dict[str, Any], text: str) -> None:
        self.summary = summary
        self.text = text

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<Run of {self.summary['scenario']}, seed {self.summary['seed']}>"


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


class Estimates(Mapping[str, Estimate]):
    """The measures of an experiment: a mapping from their keys, in the order of
    `experiment.json`."""

    summary: dict[str, Any]
    """The numbers of `experiment.json`."""
    text: str
    """What the program prints, without colours."""
    replications: int
    """How many replications there are."""
    level: float
    """Confidence level of all intervals, between 0 and 1."""

    def __init__(
        self,
        summary: dict[str, Any],
        text: str,
        measures: list[str],
        replications: int,
        level: float,
    ) -> None:
        self.summary = summary
        self.text = text
        self.replications = replications
        self.level = level
        known = summary["estimates"]
        self._estimates = {measure: _estimate(measure, known[measure]) for measure in measures}

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

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        name = self.summary["scenario"]
        return f"<Estimates of {name}: {self.replications} replications, {len(self)} measures>"

    def columns(self) -> dict[str, list[Any]]:
        """A row per measure, as lists: `measure`, `unit`, `value`, `low`, `high`, `count`,
        `method`."""
        rows = list(self.values())
        return {name: [getattr(row, name) for row in rows] for name in _TYPES}

    def to_pandas(self) -> Any:
        """The columns as a `pandas.DataFrame`."""
        import pandas

        types = {"float": "float64", "int": "int64", "str": None}
        columns = self.columns().items()
        return pandas.DataFrame(
            {name: pandas.Series(cells, dtype=types[_TYPES[name]]) for name, cells in columns}
        )

    def to_polars(self) -> Any:
        """The columns as a `polars.DataFrame`."""
        import polars

        types = {"float": polars.Float64, "int": polars.Int64, "str": polars.String}
        schema = {name: types[kind] for name, kind in _TYPES.items()}
        return polars.DataFrame(self.columns(), schema=schema)

    def to_arrow(self) -> Any:
        """The columns as a `pyarrow.Table`."""
        import pyarrow

        types = {"float": pyarrow.float64(), "int": pyarrow.int64(), "str": pyarrow.string()}
        columns = self.columns().items()
        return pyarrow.table(
            {name: pyarrow.array(cells, types[_TYPES[name]]) for name, cells in columns}
        )


_TYPES = {
    "measure": "str",
    "unit": "str",
    "value": "float",
    "low": "float",
    "high": "float",
    "count": "int",
    "method": "str",
}
"""The columns of a table of estimates."""


def _estimate(measure: str, known: dict[str, Any]) -> Estimate:
    return Estimate(
        measure=measure,
        unit=known["unit"],
        value=_real(known["value"]),
        low=_real(known["low"]),
        high=_real(known["high"]),
        count=known["count"],
        method=known["method"],
    )


def _real(number: Optional[float]) -> Optional[float]:
    return None if number is None else float(number)
