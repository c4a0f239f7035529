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
    @staticmethod
    def unpack(pack: bytes) -> Scenario: ...
    def pack(self) -> bytes: ...
    def copy(self) -> Scenario: ...
    def set(self, path: str, value: str) -> None: ...
    def check(self) -> list[Finding]: ...
    def run(self, threads: int) -> Run: ...
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
    def sweep(
        self,
        ranges: list[str],
        replications: Optional[int],
        precision: Optional[float],
        threads: int,
        progress: Optional[Callable[[int], object]],
    ) -> tuple[
        dict[str, Any], str, int, float, list[_Chart], list[Optional[list[float]]]
    ]: ...
    def headroom(
        self,
        question: tuple[str, list[str], list[str]],
        replications: Optional[int],
        precision: Optional[float],
        threads: int,
        progress: Optional[Callable[[int], object]],
    ) -> tuple[dict[str, Any], str, int, float, list[_Chart]]: ...

class Job:
    @staticmethod
    def experiment(scenario: Scenario, replications: Optional[int]) -> Job: ...
    @staticmethod
    def comparison(
        scenario: Scenario, others: list[tuple[str, Scenario]], replications: Optional[int]
    ) -> Job: ...
    @staticmethod
    def sweep(scenario: Scenario, ranges: list[str], replications: Optional[int]) -> Job: ...
    @property
    def samples(self) -> int: ...
    @property
    def variants(self) -> int: ...
    def shard(self, index: int, count: int) -> bytes: ...
    def holds(self, path: Union[str, os.PathLike[str]], index: int, count: int) -> bool: ...
    def merge(self, parts: list[str], count: int) -> tuple[Any, ...]: ...
