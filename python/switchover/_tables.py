"""Columns as tables of the library that somebody works with."""

from collections.abc import Mapping
from typing import Any, Literal

Kind = Literal["text", "real", "whole"]


class Tabular:
    """What has columns."""

    _kinds: Mapping[str, Kind]
    """The columns, and what is in them."""

    def _rows(self) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def columns(self) -> dict[str, list[Any]]:
        """The columns as lists; `None` is no value."""
        rows = self._rows()
        return {name: [row[at] for row in rows] for at, name in enumerate(self._kinds)}

    def to_pandas(self) -> Any:
        """The columns as a `pandas.DataFrame`; NaN is no value."""
        import pandas

        types = {"text": None, "real": "float64", "whole": "int64"}
        columns = self.columns().items()
        return pandas.DataFrame(
            {name: pandas.Series(cells, dtype=types[self._kinds[name]]) for name, cells in columns}
        )

    def to_polars(self) -> Any:
        """The columns as a `polars.DataFrame`."""
        import polars

        types = {"text": polars.String, "real": polars.Float64, "whole": polars.Int64}
        schema = {name: types[kind] for name, kind in self._kinds.items()}
        return polars.DataFrame(self.columns(), schema=schema)

    def to_arrow(self) -> Any:
        """The columns as a `pyarrow.Table`."""
        import pyarrow

        types = {"text": pyarrow.string(), "real": pyarrow.float64(), "whole": pyarrow.int64()}
        columns = self.columns().items()
        return pyarrow.table(
            {name: pyarrow.array(cells, types[self._kinds[name]]) for name, cells in columns}
        )


def real(number: Any) -> Any:
    """A number of a file as `float`; whole ones come as `int`."""
    return None if number is None else float(number)
