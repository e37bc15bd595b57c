"""Time is counted of every process, waited for or not, and of one that detached itself."""

import subprocess
import sys

from tests.harness.recipes import PROJECT

_SPEND = "import time\nwhile time.process_time() < 0.5: pass"

_MEASURE = f"""
import os, subprocess, sys, time
from tests.harness.processor_time import adopt_orphans, processor_seconds
spend = [sys.executable, "-c", {_SPEND!r}]
adopted = adopt_orphans()
before = processor_seconds()
subprocess.run(spend, check=True)
waited_for = processor_seconds() - before
before = processor_seconds()
# A shell that leaves a process behind and ends, as a server that becomes a daemon does.
detached = subprocess.run(
    ["sh", "-c", 'setsid "$@" >/dev/null 2>&1 & echo $!', "sh", *spend], stdout=subprocess.PIPE
)
process = int(detached.stdout)
while os.path.exists(f"/proc/{{process}}"):
    time.sleep(0.05)
    left_behind = processor_seconds() - before
print(adopted, waited_for >= 0.5, left_behind >= 0.5)
"""


def test_all_time_is_counted() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "True True True\n"
