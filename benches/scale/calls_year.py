#!/usr/bin/env python3
"""What calls cost: a day of 5,000 agents with a site loss, 200 replications of it, and a year of 1,000 agents with 200 site
losses, with all calls and in windows around the losses.

    cargo build --release
    python3 benches/scale/calls_year.py
"""

import resource
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

CENTRE = """
horizon = "{horizon}"
seed = 5
[application.interaction-workspace]
disaster-recovery.enabled = true
[site.north]
[site.south]
[phone.soft]
mode = "dual"
[agent-group.agents]
agents = {agents}
phone = "soft"
[agent-group.agents.interaction-workspace]
disaster-recovery.preferred-site = "north"
disaster-recovery.peer-site = "south"
[[calls]]
name = "phone"
arrivals = "{calls}/h"
handling = {{ exponential = "300s" }}
patience = {{ exponential = "150s" }}
"""

FAULT = '[[fault]]\nname = "{name}"\ntarget = "site {site}"\nat = "{at}s"\nfor = "{lasts}"\n'


def year():
    """Losses of 10 minutes, of both sites in turn, 157,000 s apart."""
    losses = [
        FAULT.format(name=f"loss-{n}", site=["north", "south"][n % 2], at=100_000 + 157_000 * n, lasts="10m")
        for n in range(200)
    ]
    # In windows nobody waits for the end of a call before going home, so nobody does here.
    policy = '[policy]\nrestore-when = "immediate"\n'
    return CENTRE.format(horizon="1y", agents=1_000, calls=9_600) + policy + "".join(losses)


def measured(name, scenario, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "calls.toml")
        file.write_text(scenario)
        command = [ROOT / "target/release/switchover", "run", file, "--out", Path(folder, "out"), "--quiet", *arguments]
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        subprocess.run(command, check=True)
        after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - start
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{name:45} {used:7.2f} s of processor time, {wall:7.2f} s, at most {after.ru_maxrss / 1024:.0f} MB so far")


day = CENTRE.format(horizon="1d", agents=5_000, calls=4_167)
day += FAULT.format(name="loss", site="north", at=36_000, lasts="1h")
measured("a day, one thread", day, "--threads", "1")
measured("200 replications of it, all threads", day, "--replications", "200")
measured("a year, one thread", year(), "--threads", "1")
windows = 'calls-simulated = "windows"\n' + year()
measured("the same in windows", windows, "--threads", "1")
measured("10 replications of it in windows, all threads", windows, "--replications", "10")
