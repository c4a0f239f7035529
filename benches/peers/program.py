"""One run of the program on one thread, and the processor time that it takes."""

import resource
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(scenario, program, *arguments, read):
    """What `read` takes from the directory of the results, and processor seconds."""
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder, "scenario.toml"), Path(folder, "out")
        file.write_text(scenario)
        command = [program, "run", file, "--out", out, "--quiet", "--threads", "1", *arguments]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return read(out), used
