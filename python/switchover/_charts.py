"""Charts that show themselves in a notebook."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Chart:
    """A chart."""

    title: str
    """What it shows."""
    svg: str = field(repr=False)
    """It as SVG."""

    def _repr_svg_(self) -> str:
        return self.svg


def named(drawn: Iterable[tuple[str, str, str]]) -> dict[str, Chart]:
    """The charts by the names of their files, without the ending."""
    return {file.removesuffix(".svg"): Chart(title, svg) for file, title, svg in drawn}


def first(charts: dict[str, Chart]) -> str:
    """The one that stands for all."""
    return next(iter(charts.values())).svg
