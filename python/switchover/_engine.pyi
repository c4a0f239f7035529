"""What is compiled. Use the package around it."""

import os
from typing import Any, Callable, Optional, Union

from ._findings import Finding

VERSION: str

_Chart = tuple[str, str, str]

class Run:
    def told(self) -> tuple[dict[str, Any], str]: ...
    def charts(self) -> list[_Chart]: ...

class Scenario:
    @staticmethod
    def read(path: Union[str, os.PathLike[str]]) -> Scenario: ...
    @staticmethod
    def parse(name: str, text: str) -> Scenario: ...
    def copy(self) -> Scenario: ...
    def set(self, path: str, value: str) -> None: ...
    def check(self) -> list[Finding]: ...
    def run(self) -> Run: ...
    def experiment(
        self,
        replications: Optional[int],
        precision: Optional[float],
        threads: int,
        progress: Optional[Callable[[int], object]],
    ) -> tuple[dict[str, Any], str, list[str], int, float, list[_Chart]]: ...
    def compare(
        self,
        others: list[tuple[str, Scenario]],
        replications: Optional[int],
        precision: Optional[float],
        threads: int,
        progress: Optional[Callable[[int], object]],
    ) -> tuple[dict[str, Any], str, int, float, list[_Chart]]: ...
