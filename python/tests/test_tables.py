"""Tables: the same cells in every library, handed over in memory; answers can be sent."""

import csv
import math
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, Union

import pytest

from conftest import built
from switchover import Comparison, Estimates, Headroom, Run, Scenario, Sweep, Table

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


@pytest.fixture(scope="module")
def run() -> Run:
    return Scenario.read(SCENARIOS / "31-monday-at-ten.toml").run()


def cells(columns: Any) -> dict[str, list[Any]]:
    """The cells of a table, `None` where there is no number."""

    def known(cell: Any) -> Any:
        is_nan = isinstance(cell, float) and math.isnan(cell)
        return None if is_nan else cell

    return {name: [known(cell) for cell in columns[name]] for name in columns}


def test_every_library_has_the_same_cells(
    answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(answer, monkeypatch)


def test_tables_of_a_run_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"outages", "timeline", "calls"} < set(run.tables)
    for table in run.tables.values():
        agree(table, monkeypatch)


def agree(answer: Union[Answer, Table], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same cells and kinds of numbers, whatever library asks."""
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


def test_tables_of_a_run_are_those_of_the_program(run: Run, tmp_path: Path) -> None:
    file = SCENARIOS / "31-monday-at-ten.toml"
    asked = [built(), "run", str(file), "--replications", "1", "--quiet", "--out", str(tmp_path)]
    subprocess.run(asked, check=True)
    files = {path.stem for path in tmp_path.glob("*.csv")}
    assert set(run.tables) == files - {"assumptions"}
    for name, table in run.tables.items():
        columns = table.columns()
        with (tmp_path / f"{name}.csv").open(encoding="utf-8", newline="") as told:
            rows = list(csv.DictReader(told))
        assert len(table) == len(rows)
        for row, known in enumerate(rows):
            assert list(known) == list(columns)
            for column, word in known.items():
                assert told_as(columns[column][row], word), (name, column, row)


def told_as(cell: Any, word: str) -> bool:
    """Whether a file tells this cell so."""
    if cell is None or isinstance(cell, str):
        return (cell or "") == word
    if isinstance(cell, bool):
        return str(cell).lower() == word
    return bool(type(cell)(word) == cell)


def test_tables_of_a_run_are_not_copied(run: Run) -> None:
    numpy = pytest.importorskip("numpy")
    pytest.importorskip("pyarrow")
    outages = run.tables["outages"]
    array = numpy.asarray(outages._table.numbers("duration_s"))
    place, _ = array.__array_interface__["data"]
    assert outages.to_arrow().column("duration_s").chunk(0).buffers()[1].address == place
    calls = run.tables["calls"]
    offered = sum(queue["offered"] for queue in run.summary["calls"])
    assert calls.to_pandas()["offered"].sum() == offered
    assert run.tables["outages"] is outages
    assert repr(run.tables["world"]).startswith("<Table world: ")


def test_there_is_no_such_table(run: Run) -> None:
    with pytest.raises(KeyError, match="there is no table outage; did you mean outages?"):
        run.tables["outage"]
    assert "outage" not in run.tables
    quiet = Scenario.read(SCENARIOS / "00-smallest.toml").run()
    assert "calls" not in quiet.tables
    assert len(quiet.tables["agents"]) > 0


def test_a_table_without_rows_has_columns(scenarios: Path) -> None:
    text = (scenarios / "00-smallest.toml").read_text(encoding="utf-8")
    quiet = Scenario.parse("quiet", text[: text.index("[[fault]]")])
    tables = quiet.run().tables
    assert len(tables["outages"]) == 0 and len(tables["agents"]) == 100
    assert tables["outages"].columns()["duration_s"] == []
    pytest.importorskip("pandas")
    assert list(tables["outages"].to_pandas()) == list(tables["outages"].columns())
