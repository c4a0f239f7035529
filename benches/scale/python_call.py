"""What a call from Python costs over the program: processor time of both for the same work, one thread, each time in
a process of its own, one after the other in every round.

    cargo build --release
    python3 -m venv target/release-venv
    target/release-venv/bin/pip install ./python
    target/release-venv/bin/python benches/scale/python_call.py target/release/switchover

With `instructions` behind it, instructions are counted once instead (valgrind); with a number, there are so many rounds.
"""

import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile

YEAR = "scenarios/11-random-year.toml"
SET = ("agent-group.tower.agents", "30000")

# What is done, in the program and in Python.
CASES = {
    "run, 30,600 agents, a year": (
        ["run", YEAR, "--replications", "1", "--set", "=".join(SET), "--no-rows"],
        f"scenario.set{SET!r}; run = scenario.run(threads=1); run.summary; run.text; run.charts",
    ),
    "experiment, 1,000 agents, a year, 60 replications": (
        ["run", YEAR, "--replications", "60"],
        "made = scenario.experiment(60, threads=1, progress=False); made.summary; made.text; made.columns()",
    ),
}

READ = f"from switchover import Scenario; scenario = Scenario.read({YEAR!r})"

CALL = f"""
import time
from switchover import Scenario
began = time.process_time()
scenario = Scenario.read({YEAR!r})
{{call}}
print(time.process_time() - began)
"""


def process(command):
    """Milliseconds of processor time of a process, and what it said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    own = (after.ru_utime - before.ru_utime, after.ru_stime - before.ru_stime)
    return 1000 * sum(own), said


def instructions(command):
    """Millions of instructions of a process."""
    counted = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *command]
    said = subprocess.run(counted, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True).stderr
    return int(re.search(rb"Collected : (\d+)", said)[1]) / 1e6


def count(program, out):
    """Prints the instructions of every case, without those of the start."""
    empty, read = instructions([program, "--version"]), instructions([sys.executable, "-c", READ])
    print(f"start, millions of instructions: program {empty:.0f}, Python with the package {read:.0f}")
    for name, (arguments, call) in CASES.items():
        theirs = instructions([program, *arguments, *out]) - empty
        ours = instructions([sys.executable, "-c", f"{READ}; {call}"]) - read
        print(f"{name}: program {theirs:.0f}, call {ours:.0f} ({100 * (ours / theirs - 1):+.1f} %)", flush=True)


def main():
    program, how = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "21"
    with tempfile.TemporaryDirectory() as folder:
        out = ["--threads", "1", "--quiet", "--out", os.path.join(folder, "out")]
        if how == "instructions":
            count(program, out)
        else:
            times(program, out, int(how))


def times(program, out, rounds):
    """Prints the processor time of every case."""
    found = {name: ([], [], []) for name in CASES}
    empty, bare, imported = [], [], []
    for _ in range(rounds):
        empty.append(process([program, "--version"])[0])
        bare.append(process([sys.executable, "-c", ""])[0])
        imported.append(process([sys.executable, "-c", "import switchover"])[0])
        for name, (arguments, call) in CASES.items():
            theirs = process([program, *arguments, *out])[0]
            whole, said = process([sys.executable, "-c", CALL.format(call=call)])
            for kept, own in zip(found[name], (theirs, 1000 * float(said), whole)):
                kept.append(own)
    middle = statistics.median
    print(f"medians of {rounds}, milliseconds of processor time")
    print(f"start: program {middle(empty):.0f}, Python {middle(bare):.0f}, with the package {middle(imported):.0f}")
    for name, (theirs, ours, whole) in found.items():
        over = middle(own / their for own, their in zip(ours, theirs)) - 1
        print(f"{name}: program {middle(theirs):.0f}, call {middle(ours):.0f} ({100 * over:+.1f} %), "
              f"whole process {middle(whole):.0f}")


main()
