"""Five legacy programs of several files: scan finds what they touch, and rewritten they print the same.

What a program touches is written down while it runs (`instrumented_run`).
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tf1compat_wd.cli.rewrite.engine import rewrite_file
from tf1compat_wd.cli.rewrite.fixers import all_fixers
from tf1compat_wd.cli.scan import scan
from tf1compat_wd.cli.scan.files import find_files
from tf1compat_wd.cli.scan.uses import Project, canonical

HERE = Path(__file__).parent
PACKAGES = {
    "classifier": "train.py",
    "gan": "gan.py",
    "language": "main.py",
    "pipeline": "run.py",
    "recommender": "main.py",
}


def execute(folder, *command, cwd):
    environment = {
        **os.environ, "PYTHONPATH": str(HERE.parents[1]), "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def found_in(folder):
    """By real path and line, the names that scan finds, as they are written and as the namespace knows them."""
    found = {}
    for path in find_files([str(folder)]):
        (report,) = scan([path], (str(folder),), 1)
        for finding in report.findings:
            found.setdefault((os.path.realpath(path), finding.line), set()).update(
                {finding.name, canonical(finding.name), finding.name.replace("tensorflow.python.", "tf.python.")}
            )
    return found


@pytest.fixture(scope="module", params=PACKAGES)
def package(request, tmp_path_factory):
    """A copy of a program, what it printed, and what it touched."""
    place = tmp_path_factory.mktemp(request.param)
    folder = place / "program"
    shutil.copytree(HERE / "programs" / "legacy" / request.param, folder, ignore=shutil.ignore_patterns("__pycache__"))
    script = folder / PACKAGES[request.param]
    (place / "first").mkdir()
    touched = place / "touched.json"
    printed = execute(folder, HERE / "instrumented_run.py", touched, script, place / "first", cwd=place)
    return folder, script, printed, json.loads(touched.read_text())


def test_scan_finds_every_name_that_the_program_touches(package):
    folder, _, _, touched = package
    assert len(touched) > 30
    found = found_in(folder)
    missed = [
        (path, line, name)
        for path, line, name in touched
        if not any(
            each == canonical(name) or each.startswith(f"{canonical(name)}.")
            for each in found.get((os.path.realpath(path), line), ())
        )
    ]
    assert missed == []


def test_rewritten_it_prints_the_same(package, tmp_path):
    folder, script, printed, _ = package
    copy = tmp_path / "program"
    shutil.copytree(folder, copy)
    launcher = HERE.parents[1] / "tf1compat_wd" / "cli" / "launcher.py"
    told = execute(copy, launcher, "rewrite", ".", "--write", cwd=copy)
    assert "rewrote " in told
    for path in copy.rglob("*.py"):
        assert "import tensorflow" not in path.read_text().replace("import tensorflow.python", "")
    (tmp_path / "second").mkdir()
    again = execute(copy, launcher, "run", copy / script.name, tmp_path / "second", cwd=tmp_path)
    assert again == printed
    assert printed.count("\n") >= 3
    project = Project((str(copy),))
    for path in find_files([str(copy)], (".py",)):
        result = rewrite_file(path, all_fixers(), project)
        assert result.new == result.old, path
