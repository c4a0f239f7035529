"""How long `merge` takes, and its memory: the same replications in one part, and in as many parts as there are.

    cargo build --release
    python3 -m venv target/release-venv
    target/release-venv/bin/pip install ./python
    target/release-venv/bin/python benches/scale/merge.py target/release/switchover [REPLICATIONS]

The package makes the parts, of a year of 20 agents; the program merges them.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from switchover import Scenario, _engine

YEAR = "scenarios/11-random-year.toml"
GROUPS = {"tower": 8, "harbour": 8, "mill": 4}


def parts(job, count, folder):
    """All shards of so many, and their bytes together."""
    digits = len(str(count - 1))
    for index in range(count):
        (folder / f"shard-{index:0{digits}}-of-{count}.part").write_bytes(job.shard(index, count))
    return sum(path.stat().st_size for path in folder.iterdir())


def merged(program, scenario, folder, out):
    """Seconds on the clock and of processor time, and the most memory in MB."""
    began = time.perf_counter()
    child = subprocess.Popen([program, "merge", scenario, folder, "--out", out, "--quiet"])
    _, status, used = os.wait4(child.pid, 0)
    assert status == 0, status
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main():
    program, most = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    year = Scenario.read(YEAR)
    for group, agents in GROUPS.items():
        year.set(f"agent-group.{group}.agents", agents)
    answers = {}
    for replications, count in [(most // 10, most // 10), (most, 1), (most, most)]:
        job = _engine.Job.experiment(year._engine, replications)
        with tempfile.TemporaryDirectory() as place:
            folder, out = Path(place, "parts"), Path(place, "out")
            folder.mkdir()
            # A scenario with its settings in it.
            scenario = Path(place, "11-random-year.pack")
            scenario.write_bytes(year.pack())
            size = parts(job, count, folder)
            clock, processor, memory = merged(program, scenario, folder, out)
            answers.setdefault(replications, set()).add((out / "experiment.json").read_bytes())
        print(
            f"{replications} replications in {count} parts, {size / 1e6:.0f} MB: {clock:.1f} s, "
            f"{processor:.1f} s of processor time, {memory:.0f} MB",
            flush=True,
        )
    assert all(len(same) == 1 for same in answers.values()), "the same bytes"


main()
