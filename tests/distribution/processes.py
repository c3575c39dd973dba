"""Real processes on the loopback interface: started with free ports, watched, and never left behind."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

TESTS = Path(__file__).parents[1]


def free_addresses(count):
    """Addresses that nobody listens at, below those that the system itself gives to outgoing connections."""
    found = []
    for port in random.SystemRandom().sample(range(15000, 32000), 500):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        found.append(f"127.0.0.1:{port}")
        if len(found) == count:
            return found
    raise OSError("no free ports")


class Processes:
    """A context in which processes of a program run; at its end all are gone.

    Each writes lines of JSON to its standard output. It ends by itself when its standard input does, that is also
    if this process is killed.
    """

    def __init__(self, program, folder, seconds):
        self.program, self.folder = program, Path(folder)
        self.deadline = time.monotonic() + seconds
        self.running = []

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for process in self.running:
            self.kill(process)

    def start(self, **task):
        """Start the program; `task` is what it is told."""
        name = f"{len(self.running)}_{task['role']}"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS.parent), str(TESTS)])}
        # With more, processes that wait for each other keep the others from working.
        environment |= {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "2", "PYTHONWARNINGS": "ignore"}
        environment.pop("TF_CONFIG", None)
        with open(self.folder / f"{name}.out", "wb") as out, open(self.folder / f"{name}.err", "wb") as errors:
            process = subprocess.Popen(
                [sys.executable, str(TESTS / "distribution" / self.program), json.dumps(task)],
                stdin=subprocess.PIPE,
                stdout=out,
                stderr=errors,
                env=environment,
            )
        process.name = name
        self.running.append(process)
        return process

    def kill(self, process):
        """What a machine that fails does: no signal handler runs."""
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdin.close()

    def lines(self, process):
        """What the process has written so far."""
        text = (self.folder / f"{process.name}.out").read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines(keepends=True) if line.endswith("\n")]

    def wait(self, process, until=None):
        """Wait until the process has ended well, or has written lines that `until` is content with; gives the lines."""
        while True:
            ended = process.poll()
            lines = self.lines(process)
            if until is not None and until(lines):
                return lines
            if ended == 0 and until is None:
                return lines
            if ended is not None or time.monotonic() > self.deadline:
                raise AssertionError(f"{process.name}: {'time is up' if ended is None else ended}\n{self.logs()}")
            time.sleep(0.02)

    def logs(self):
        """The ends of what all have written."""
        ends = []
        for process in self.running:
            for kind in ("out", "err"):
                text = (self.folder / f"{process.name}.{kind}").read_text(encoding="utf-8", errors="replace")
                lines = [line for line in text.splitlines() if " 0000 00:" not in line and "I0000" not in line]
                ends += [f"--- {process.name}.{kind}, {process.poll()}", *lines[-25:]]
        return "\n".join(ends)


class Task:
    """The same seen from within: what this process is told, and how it answers."""

    def __init__(self):
        os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
        os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
        os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
        self.told = json.loads(sys.argv[1])

    def __getattr__(self, name):
        return self.told[name]

    def watch_parent(self):
        """End when the test does."""
        import threading

        def watch():
            while sys.stdin.buffer.read(1):
                pass
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()

    def say(self, **line):
        print(json.dumps(line), flush=True)
