#!/usr/bin/env python3
"""The same fleet in SimPy and in switchover: the outages of every agent compared to the nanosecond,
and the processor time of both.

    cargo build --release
    python3 -m venv target/peers && target/peers/bin/pip install simpy==4.1.2
    target/peers/bin/python benches/peers/compare.py

Exit code 1 if one outage differs.
"""

import argparse
import csv
import sys
import time
from pathlib import Path

import fleet
import simpy_model
from program import ROOT, run


def nanoseconds(text):
    whole, part = text.split(".")
    return int(whole) * fleet.SECOND + int(part)


def outages(out):
    """The table of outages, where there is one."""
    table = out / "outages.csv"
    return list(csv.DictReader(table.open(newline=""))) if table.exists() else []


def ours(plan, program):
    """The outages of every agent, in nanoseconds, and processor seconds."""
    rows, used = run(plan.scenario(), program, read=outages)
    found = [[] for _ in plan.agents]
    for row in rows:
        number = int(row["agent"].split("-")[0][1:])
        found[number].append((nanoseconds(row["from_s"]), nanoseconds(row["to_s"])))
    return found, used


def theirs(plan):
    before = time.process_time()
    found = simpy_model.run(plan)
    return found, time.process_time() - before


def differences(ours_found, theirs_found):
    for number, (own, other) in enumerate(zip(ours_found, theirs_found)):
        if own != other:
            first = next(
                (pair for pair in zip(own, other) if pair[0] != pair[1]), (own[-1:], other[-1:])
            )
            yield f"agent {number}: {len(own)} and {len(other)} outages, first difference {first}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("--program", default=ROOT / "target/release/switchover", type=Path)
    arguments.add_argument("--agents", default=20, type=int, help="in both (default 20)")
    arguments.add_argument("--many", default=20_000, type=int, help="in ours, for its time")
    arguments.add_argument("--days", default=365, type=int)
    arguments.add_argument("--faults", default=200, type=int)
    arguments.add_argument("--seeds", default=1, type=int, help="number of fleets")
    asked = arguments.parse_args()
    differ, number, slow, fast = [], 0, 0.0, 0.0
    for seed in range(1, asked.seeds + 1):
        plan = fleet.Fleet(asked.agents, asked.days, asked.faults, seed)
        own, used = ours(plan, asked.program)
        other, needed = theirs(plan)
        differ += [f"seed {seed}, {text}" for text in differences(own, other)]
        number += sum(map(len, own))
        slow, fast = slow + needed, fast + used
    for text in differ[:20]:
        print(text)
    years = asked.seeds * asked.agents * asked.days / 365
    print(f"{number} outages of {years:.0f} agent-years; agents that differ: {len(differ)}")
    _, bulk = run(plan.grouped(asked.many), asked.program, "--no-rows", read=outages)
    bulk /= asked.many * asked.days / 365
    print(f"SimPy                                  {slow / years * 1e3:10.3f} ms per agent-year")
    print(f"switchover, the same run, files and all {fast / years * 1e3:9.3f} ms per agent-year: "
          f"{slow / fast:.0f} times as fast")
    print(f"switchover, {asked.many:,} agents            {bulk * 1e3:10.3f} ms per agent-year: "
          f"{slow / years / bulk:,.0f} times as fast")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
