"""Tables of the library that somebody works with, taken from memory as it is."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Any, Optional

from . import _engine


class Tabular:
    """What is a table as well. Libraries that know the Arrow C stream interface take it as it is."""

    _table: _engine.Table

    def columns(self) -> dict[str, list[Any]]:
        """The columns as lists; `None` is no value."""
        return {name: self._table.cells(name) for name in self._table.names()}

    def to_pandas(self) -> Any:
        """The columns as a `pandas.DataFrame`; NaN is no value."""
        import pandas

        try:
            return self.to_arrow().to_pandas()
        except ImportError:
            return pandas.DataFrame({name: self._cells(name) for name in self._table.names()})

    def to_polars(self) -> Any:
        """The columns as a `polars.DataFrame`."""
        import polars

        return polars.DataFrame(self._table)

    def to_arrow(self) -> Any:
        """The columns as a `pyarrow.Table`."""
        import pyarrow

        return pyarrow.table(self._table)

    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def _cells(self, name: str) -> Any:
        """A column for a library without Arrow: numbers as they are in memory, texts of Python."""
        import numpy

        numbers = self._table.numbers(name)
        return self._table.cells(name) if numbers is None else numpy.asarray(numbers)


class Table(Tabular):
    """A table of a run, with the rows and columns of its CSV file: seconds and shares are real
    numbers, counts whole ones. What has no value is null; so are empty texts."""

    def __init__(self, name: str, table: _engine.Table) -> None:
        self.name = name
        self._table = table

    def __len__(self) -> int:
        return self._table.rows

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} rows of {len(self._table.names())} columns>"


class Tables(Mapping[str, Table]):
    """The tables of a run by the names of their CSV files, such as `outages`. Each is made when it
    is first looked at.

    `agents`, `outages` and `moves` are not kept by a run: at the first look at one of them every
    agent lives once more, which takes as long as the run did.
    """

    def __init__(self, run: _engine.Run, threads: int) -> None:
        self._run = run
        self._threads = threads
        self._names = run.table_names()
        self._made: dict[str, Table] = {}

    def __getitem__(self, name: str) -> Table:
        if name not in self._names:
            near = difflib.get_close_matches(str(name), self._names, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise KeyError(f"there is no table {name}{hint}")
        if name not in self._made:
            table = self._run.table(name)
            found = self._run.rows(self._threads) if table is None else [(name, table)]
            self._made.update((own, Table(own, made)) for own, made in found)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __repr__(self) -> str:
        return f"<Tables: {', '.join(self._names)}>"


def real(number: Any) -> Any:
    """A number of a file as `float`; whole ones come as `int`."""
    return None if number is None else float(number)
