"""Write the goldens: what the programs print on TF 1.15.5. Run it with that TensorFlow's Python (3.7):

python3.7 tests/legacy_programs/record.py [NAME ...]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import catalogue


def main() -> int:
    failures = 0
    wanted = sys.argv[1:]
    for program in catalogue.programs():
        if wanted and program.name not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            done = subprocess.run(
                [sys.executable, "-W", "ignore", *program.command],
                cwd=folder,
                env=dict(
                    os.environ,
                    TF_CPP_MIN_LOG_LEVEL="3",
                    PYTHONDONTWRITEBYTECODE="1",
                    PYTHONPATH=os.pathsep.join(map(str, program.folders)),
                ),
                capture_output=True,
                text=True,
            )
        if done.returncode:
            print(program.name, "fails on this TensorFlow:\n" + "\n".join(done.stderr.splitlines()[-12:]))
            failures += 1
            continue
        catalogue.GOLDENS.mkdir(exist_ok=True)
        (catalogue.GOLDENS / (program.name + ".txt")).write_text(done.stdout)
        print(program.name, len(catalogue.numbers_in(done.stdout)), "numbers")
    return failures


if __name__ == "__main__":
    sys.exit(main())
