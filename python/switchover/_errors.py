"""Why there is no answer."""

from collections.abc import Sequence
from typing import Optional

from ._findings import Finding


class SwitchoverError(Exception):
    """Every error of this package. `str()` of it is what the program prints.

    `code`, `line`, `column` and `help` are those of the first finding; `None` where there is none.
    """

    findings: tuple[Finding, ...]
    """What is wrong in the scenario; empty if it is not the scenario."""
    code: Optional[str]
    line: Optional[int]
    column: Optional[int]
    help: Optional[str]

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message, tuple(findings))
        self.findings = tuple(findings)
        first = self.findings[0] if self.findings else None
        self.code = first.code if first else None
        self.line = first.line if first else None
        self.column = first.column if first else None
        self.help = first.help if first else None

    def __str__(self) -> str:
        return str(self.args[0])


class ReadError(SwitchoverError):
    """A file cannot be read."""


class UsageError(SwitchoverError, ValueError):
    """A setting leads nowhere, or a number is none that can be asked for."""


class ScenarioError(SwitchoverError):
    """The scenario has errors."""


class EndlessError(SwitchoverError):
    """A run would never end (S021)."""
