"""The notebook of the docs runs from its top to its end."""

from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_notebook() -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    pytest.importorskip("pandas")
    notebook = nbformat.read(DOCS / "timeout.ipynb", as_version=4)
    nbclient.NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(DOCS)}}
    ).execute()
    charts = [cell for cell in notebook.cells if "image/svg+xml" in shown(cell)]
    assert len(charts) == 3
    assert sum("text/html" in shown(cell) for cell in notebook.cells) == 2, "tables"


def shown(cell: Any) -> set[str]:
    """The kinds of output below a cell."""
    return {kind for output in cell.get("outputs", []) for kind in output.get("data", {})}
