"""How long the local page waits: from a request until its answer is there, over the wire.

    cargo build --release && python3 benches/explorer.py target/release/switchover
"""

import http.client
import json
import re
import statistics
import subprocess
import sys
import time

TIMEOUT = "application.interaction-workspace.disaster-recovery.timeout"


class Page:
    """The program, serving a scenario."""

    def __init__(self, program, file):
        command = [program, "serve", file]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        found = re.match(r"http://127.0.0.1:(\d+)/\?token=(\w+)", self.process.stdout.readline())
        self.port, self.token = int(found[1]), found[2]

    def wait(self, text, moved, wanted):
        """Milliseconds until an event comes that is wanted."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        headers = {"Content-Type": "application/json", "X-Switchover-Token": self.token}
        began = time.perf_counter()
        connection.request("POST", "/answer", json.dumps({"text": text, "set": moved}), headers)
        event = None
        for line in connection.getresponse():
            line = line.decode()
            if line.startswith("event: "):
                event = line[7:].strip()
            elif line.startswith("data: ") and wanted(event, json.loads(line[6:])):
                connection.close()
                return 1000 * (time.perf_counter() - began)
        raise SystemExit("the answer ended before it was there")

    def end(self):
        self.process.terminate()
        self.process.wait()


def show(what, times):
    print(f"{what}: median {statistics.median(times):.0f} ms, slowest {max(times):.0f} ms of {len(times)}")


def main():
    program = sys.argv[1]
    loss = "scenarios/07-site-loss.toml"
    text = open(loss).read()
    page = Page(program, loss)
    moved = [[[TIMEOUT, str(20 + 5 * at)]] for at in range(11)]
    show("5,000 agents, one incident", [page.wait(text, one, lambda event, _: event == "run") for one in moved])
    page.end()
    year = "scenarios/11-random-year.toml"
    text = open(year).read() + "\n[experiment]\nreplications = 20\n"
    page = Page(program, year)
    last = lambda event, data: event == "replications" and not data["more"]
    show("1,000 agents, 20 replications of a year", [page.wait(text, [], last) for _ in range(11)])
    page.end()


main()
