"""What checks find in a scenario."""

from dataclasses import dataclass, field
from typing import Literal, Optional


@dataclass(frozen=True)
class Finding:
    """Something that was found in a scenario. `str()` of it is what the program prints: the place
    with a caret, the cause, the help."""

    code: str
    """Stable code, such as `V12`; `switchover check --explain V12` tells more."""
    severity: Literal["error", "warning", "info"]
    """How bad it is; a scenario with errors is not simulated."""
    message: str
    """The cause, in one sentence."""
    file: str
    """The file that has to change: the scenario, or one that it names."""
    line: int
    """Line of the place there, from 1."""
    column: int
    """Column of it, in characters from 1."""
    help: Optional[str]
    """What to do about it."""
    text: str = field(repr=False)
    """What the program prints."""

    def __str__(self) -> str:
        return self.text
