"""Writes down which task a worker begins and ends."""

import os
from pathlib import Path
from typing import Any

from distributed import WorkerPlugin


class Witness(WorkerPlugin):  # type: ignore[misc]
    """A line for each beginning and end, in one file for all workers."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def transition(self, key: Any, start: str, finish: str, **_: Any) -> None:
        word = "begins" if finish == "executing" else "ends" if start == "executing" else None
        if word and str(key).startswith("switchover-"):
            with self.file.open("a", encoding="utf-8") as file:
                file.write(f"{word} {os.getpid()} {key}\n")


def begun(file: Path) -> list[str]:
    """The tasks that were begun, as often as they were."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.split()[2] for line in lines if line.startswith("begins")]


def at_work(file: Path) -> list[int]:
    """The workers that have begun a task and not ended it."""
    busy: dict[int, bool] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        word, pid, _ = line.split()
        busy[int(pid)] = word == "begins"
    return [pid for pid, is_busy in busy.items() if is_busy]
