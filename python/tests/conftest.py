"""What the tests share: the scenarios of the repository, and its program."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def scenarios() -> Path:
    return ROOT / "scenarios"


def built() -> str:
    """The program of the same sources."""
    places = [ROOT / "target" / profile / "switchover" for profile in ("debug", "release")]
    found = [os.environ.get("SWITCHOVER_PROGRAM"), *(str(place) for place in places)]
    for program in found:
        if program and Path(program).exists():
            return program
    pytest.skip("the program is not built: `cargo build` in the root")


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Any]:
    """Runs the program and gives back the JSON that it prints, without what says where it comes
    from."""

    def run(command: str, file: Path, *more: str) -> Any:
        writes = ["--quiet", "--out", str(tmp_path / "out")] if command != "check" else []
        asked = [built(), command, str(file), *writes, "--format", "json", *more]
        answer = json.loads(subprocess.run(asked, check=False, capture_output=True).stdout)
        answer.pop("format_version", None)
        answer.pop("provenance", None)
        return answer

    return run
