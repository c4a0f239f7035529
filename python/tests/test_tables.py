"""Tables: the same cells in every library, handed over in memory; answers can be sent."""

import math
import pickle
import sys
from pathlib import Path
from typing import Any, Union

import pytest

from switchover import Comparison, Estimates, Headroom, Scenario, Sweep

Answer = Union[Comparison, Estimates, Headroom, Sweep]

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
TIMEOUT = "application.interaction-workspace.disaster-recovery.timeout"
RESTORE = "application.interaction-workspace.disaster-recovery.auto-restore"


def made(kind: str) -> Answer:
    year = Scenario.read(SCENARIOS / "17-year-with-bounds.toml")
    if kind == "experiment":
        return year.experiment(4, progress=False)
    if kind == "comparison":
        other = year.copy()
        other.set(TIMEOUT, 30)
        return year.compare({"30 s": other}, 2, progress=False)
    if kind == "sweep":
        return year.sweep({TIMEOUT: [30, 60, 90], RESTORE: [True, False]}, 2, progress=False)
    storm = Scenario.read(SCENARIOS / "27-reconnect-storm.toml")
    vary = "site.X.reconnect-capacity=10/s..80/s step 10/s"
    return storm.headroom("outages.duration_s.max=2m", vary, replications=2, progress=False)


@pytest.fixture(scope="module", params=["experiment", "comparison", "sweep", "search"])
def answer(request: pytest.FixtureRequest) -> Answer:
    return made(request.param)


def cells(columns: Any) -> dict[str, list[Any]]:
    """The cells of a table, `None` where there is no number."""

    def known(cell: Any) -> Any:
        is_nan = isinstance(cell, float) and math.isnan(cell)
        return None if is_nan else cell

    return {name: [known(cell) for cell in columns[name]] for name in columns}


def test_every_library_has_the_same_cells(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrow = pytest.importorskip("pyarrow")
    polars = pytest.importorskip("polars")
    pytest.importorskip("pandas")
    columns = answer.columns()
    assert len({len(column) for column in columns.values()}) == 1
    assert answer.to_arrow().to_pydict() == columns
    assert arrow.table(answer).equals(answer.to_arrow()), "by the Arrow interface alone"
    assert answer.to_polars().to_dict(as_series=False) == columns
    assert polars.from_arrow(answer.to_arrow()).equals(answer.to_polars())
    frame = answer.to_pandas()
    assert cells(frame.to_dict("list")) == columns
    with monkeypatch.context() as without:
        without.setitem(sys.modules, "pyarrow", None)
        bare = answer.to_pandas()
    assert cells(bare.to_dict("list")) == columns
    numbers = frame.select_dtypes("number")
    assert list(bare.select_dtypes("number").dtypes) == list(numbers.dtypes)
    assert set(map(str, numbers.dtypes)) <= {"float64", "int64"}


def test_numbers_are_not_copied() -> None:
    numpy = pytest.importorskip("numpy")
    pytest.importorskip("pyarrow")
    table = made("experiment")
    numbers = table._table.numbers("value")
    array = numpy.asarray(numbers)
    place, read_only = array.__array_interface__["data"]
    assert read_only
    assert table.to_arrow().column("value").chunk(0).buffers()[1].address == place
    values = table.columns()["value"]
    del table, numbers
    assert [None if math.isnan(one) else one for one in array] == values, "kept by the array"
    assert made("search")._table.numbers("verdict") is None


def test_no_number_is_null() -> None:
    alone = Scenario.read(SCENARIOS / "17-year-with-bounds.toml").experiment(1, progress=False)
    lows = alone.columns()["low"]
    assert None in lows
    assert alone.to_arrow().column("low").null_count == lows.count(None)
    assert alone.to_polars()["low"].null_count() == lows.count(None)


def test_an_answer_can_be_sent(answer: Answer) -> None:
    sent = pickle.loads(pickle.dumps(answer))
    assert type(sent) is type(answer)
    assert sent.summary == answer.summary and list(sent.summary) == list(answer.summary)
    assert (sent.text, sent.level, sent.replications) == (
        answer.text,
        answer.level,
        answer.replications,
    )
    assert sent.charts == answer.charts
    assert sent.columns() == answer.columns()
