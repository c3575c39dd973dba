"""The program in README.md runs, and says what it is said to say."""

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"


def test_the_program_in_the_readme_runs(tmp_path):
    (program,) = re.findall(r"```python\n(.*?)```", README.read_text(), re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=README.parent, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    *losses, names = done.stdout.splitlines()
    assert names == "['w:0']"
    first, second, third = map(float, losses)
    assert first > second > third
    assert f"{first:.3f}" == "0.220"  # 0.205 of error and 0.015 of weight decay
