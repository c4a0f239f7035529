"""Tables of the library that somebody works with, taken from memory as it is."""

from __future__ import annotations

from functools import cached_property
from typing import Any, Optional

from . import _engine


class Tabular:
    """What is a table as well. Libraries that know the Arrow C stream interface take it as it is."""

    _made: _engine.Made

    @cached_property
    def _table(self) -> _engine.Table:
        return self._made.table()

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


def real(number: Any) -> Any:
    """A number of a file as `float`; whole ones come as `int`."""
    return None if number is None else float(number)
