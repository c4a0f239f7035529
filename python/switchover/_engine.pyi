"""What is compiled. Use the package around it."""

import os
from typing import Any, Callable, Optional, Union

from ._findings import Finding

VERSION: str

class Scenario:
    @staticmethod
    def read(path: Union[str, os.PathLike[str]]) -> Scenario: ...
    @staticmethod
    def parse(name: str, text: str) -> Scenario: ...
    def copy(self) -> Scenario: ...
    def set(self, path: str, value: str) -> None: ...
    def check(self) -> list[Finding]: ...
    def run(self) -> tuple[dict[str, Any], str]: ...
    def experiment(
        self,
        replications: Optional[int],
        precision: Optional[float],
        threads: int,
        progress: Optional[Callable[[int], object]],
    ) -> tuple[dict[str, Any], str, list[str], int, float]: ...
