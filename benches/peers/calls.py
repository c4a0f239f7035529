#!/usr/bin/env python3
"""One day of calls (M/M/n+M) in SimPy, in Ciw and in switchover: the share of callers who give up against Erlang A,
and the processor time of each.

    cargo build --release
    python3 -m venv target/peers && target/peers/bin/pip install simpy==4.1.2 ciw==3.2.7
    target/peers/bin/python benches/peers/calls.py

2000 calls per hour of 150 s, 90 agents, a patience of 150 s. Every day begins without calls. Exit code 1 if one of the
three is four standard errors away from the formula.
"""

import argparse
import csv
import json
import random
import statistics
import sys
import time
from pathlib import Path

import ciw
import simpy
from program import ROOT, run

DAY = 86_400.0
CALLS_PER_S = 2_000 / 3_600
HANDLING_S = PATIENCE_S = 150.0
AGENTS = 90

SCENARIO = f"""
horizon = "1d"
[site.X]
[application.interaction-workspace]
disaster-recovery.enabled = false
disaster-recovery.preferred-site = "X"
[agent-group.agents]
agents = {AGENTS}
[[calls]]
name = "phone"
arrivals = "2000/h"
handling = {{ exponential = "150s" }}
patience = {{ exponential = "150s" }}
"""


def erlang_a():
    """The share of callers who give up, from the equations of balance."""
    state, total, waiting = 1.0, 1.0, 0.0
    for number in range(1, 5_000):
        busy, queue = min(number, AGENTS), max(number - AGENTS, 0)
        state *= CALLS_PER_S / (busy / HANDLING_S + queue / PATIENCE_S)
        total, waiting = total + state, waiting + state * queue
    return waiting / total / PATIENCE_S / CALLS_PER_S


def in_simpy(seed):
    """Callers of one day, and those who gave up."""
    draws, env = random.Random(seed), simpy.Environment()
    agents, seen = simpy.Resource(env, capacity=AGENTS), [0, 0]

    def caller():
        with agents.request() as turn:
            yield turn | env.timeout(draws.expovariate(1 / PATIENCE_S))
            if turn.triggered:
                yield env.timeout(draws.expovariate(1 / HANDLING_S))
            else:
                seen[1] += 1

    def gateway():
        while True:
            yield env.timeout(draws.expovariate(CALLS_PER_S))
            seen[0] += 1
            env.process(caller())

    env.process(gateway())
    env.run(until=DAY)
    return seen


def in_ciw(seed):
    """The same."""
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(CALLS_PER_S)],
        service_distributions=[ciw.dists.Exponential(1 / HANDLING_S)],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE_S)],
        number_of_servers=[AGENTS],
    )
    ciw.seed(seed)
    day = ciw.Simulation(network)
    day.simulate_until_max_time(DAY)
    records = day.get_all_records()
    return [len(records), sum(record.record_type == "renege" for record in records)]


def days(simulate, number):
    """The share who gave up on each day, and processor seconds of a day."""
    before = time.process_time()
    found = [simulate(seed) for seed in range(number)]
    used = (time.process_time() - before) / number
    return [gone / came for came, gone in found], used


def shares(out):
    """The share who gave up, of the run or of each replication."""
    table = out / "replications.csv"
    if not table.exists():
        calls = json.loads((out / "summary.json").read_text())["all_calls"]
        return [calls["abandoned"] / calls["offered"]]
    rows = csv.DictReader(table.open(newline=""))
    return [float(row["all_calls.abandoned"]) / float(row["all_calls.offered"]) for row in rows]


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    arguments.add_argument("--program", default=ROOT / "target/release/switchover", type=Path)
    arguments.add_argument("--days", default=10, type=int, help="in SimPy and Ciw (default 10)")
    arguments.add_argument("--many", default=400, type=int, help="replications in ours (default 400)")
    asked = arguments.parse_args()
    formula, wrong = erlang_a(), 0
    simpy_days, simpy_time = days(in_simpy, asked.days)
    ciw_days, ciw_time = days(in_ciw, asked.days)
    _, alone = run(SCENARIO, asked.program, read=shares)
    own_days, bulk = run(SCENARIO, asked.program, "--replications", str(asked.many), read=shares)
    bulk /= len(own_days)
    print(f"Erlang A: {formula:.4%} of the callers give up")
    for name, each in [("SimPy", simpy_days), ("Ciw", ciw_days), ("switchover", own_days)]:
        error = statistics.stdev(each) / len(each) ** 0.5
        z = (statistics.mean(each) - formula) / error
        wrong += abs(z) > 4
        print(f"{name:10} {statistics.mean(each):.4%} of {len(each)} days, z = {z:+.1f}")
    print(f"SimPy                                 {simpy_time * 1e3:8.1f} ms per day")
    print(f"Ciw                                   {ciw_time * 1e3:8.1f} ms per day")
    for name, used in [("one run, files and charts", alone), (f"each of {len(own_days)} replications", bulk)]:
        print(f"switchover, {name:25} {used * 1e3:8.1f} ms per day: {simpy_time / used:.0f} times as fast as SimPy, "
              f"{ciw_time / used:.0f} times as fast as Ciw")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
