"""What Dask costs beside the shards that it has made: an experiment on a LocalCluster against the same shards made by
as many bare processes, in turn; processor time of all processes, and time on the clock.

    python3 -m venv target/release-venv
    target/release-venv/bin/pip install ./python distributed
    target/release-venv/bin/python benches/scale/dask_overhead.py [ROUNDS [WORKERS [SECONDS]]]

SECONDS is the length of a shard; of 0 seconds it has one replication.
"""

import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import psutil
from distributed import Client, LocalCluster
from switchover import Scenario, dask

YEAR = "scenarios/11-random-year.toml"
# Seconds of a shard, and how many shards each worker makes.
LENGTHS = {0: 40, 0.25: 24, 1: 12, 4: 4}


def bare_shard(work, index, count, folder):
    """A shard, in a process without Dask."""
    part = dask._part(Path(folder), index, count)
    part.write_bytes(dask._known(f"{work.replications}", work).shard(index, count))
    return part.name


def bare(pool, work, count, folder):
    """The experiment, its shards made by a pool of processes."""
    job = work.job()
    list(pool.map(bare_shard, *zip(*[(work, index, count, folder) for index in range(count)])))
    job.merge([str(dask._part(Path(folder), index, count)) for index in range(count)], count)


def processor():
    """Processor time of this process and of all that it has started, in seconds."""
    here = psutil.Process()
    times = [process.cpu_times() for process in [here, *here.children(recursive=True)]]
    return sum(own.user + own.system for own in times)


def measured(made):
    """Seconds of processor time, and on the clock."""
    before, began = processor(), time.perf_counter()
    made()
    return processor() - before, time.perf_counter() - began


def compare(year, each, workers, pool, client, rounds, lengths):
    """Prints the overhead for every length of a shard."""
    for length in lengths:
        replications = max(1, round(length / each))
        count = LENGTHS[length] * workers
        total = count * replications
        work = dask._Work("experiment", year, (), (), None, total)
        ratios, more = [], []
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                alone = measured(lambda: bare(pool, work, count, folder))
            run = dict(client=client, shards=count, progress=False)
            ours = measured(lambda: dask.experiment(year, total, **run))
            ratios.append([own / other - 1 for own, other in zip(ours, alone)])
            more.append(1000 * (ours[0] - alone[0]) / count)
        processor_time, clock = (100 * statistics.median(all) for all in zip(*ratios))
        print(
            f"{workers} workers, {count} shards of {length} s ({replications} replications): "
            f"{processor_time:+.1f} % of processor time ({statistics.median(more):+.1f} ms a shard), "
            f"{clock:+.1f} % on the clock (medians of {rounds})",
            flush=True,
        )


def main():
    asked = sys.argv[1:]
    rounds = int(asked[0]) if asked else 5
    lengths = [float(asked[2])] if len(asked) > 2 else list(LENGTHS)
    year = Scenario.read(YEAR)
    began = time.process_time()
    year.experiment(100, threads=1, progress=False)
    each = (time.process_time() - began) / 100
    print(f"one replication: {1000 * each:.1f} ms of processor time")
    for workers in [int(asked[1])] if len(asked) > 1 else (1, 2):
        cluster = LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
        with cluster, Client(cluster) as client:
            with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
                compare(year, each, workers, pool, client, rounds, lengths)


if __name__ == "__main__":
    main()
