"""Programs as people wrote them for TF1 run unchanged, with the numbers of TF 1.15.5 (see `record`)."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import tf1compat_wd
from tf1compat_wd.cli import launcher

from . import catalogue

SOURCE = str(Path(tf1compat_wd.__file__).parents[1])
PROGRAMS = catalogue.programs()

# Programs that need what isn't written yet.
WAITING: dict[str, str] = {}

# Of what is printed, rounded as the program rounds it.
RELATIVE = 1e-4
ROUNDED = 2e-5


def case(program):
    waits = [pytest.mark.xfail(reason=WAITING[program.name], strict=False)] if program.name in WAITING else []
    return pytest.param(program, id=program.name, marks=waits)


@pytest.mark.parametrize("program", [case(program) for program in PROGRAMS])
def test_a_program_prints_the_numbers_of_tf_1_15(program, tmp_path):
    done = subprocess.run(
        [sys.executable, launcher.__file__, "run", *program.command],
        cwd=tmp_path,
        env={
            **os.environ,
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": os.pathsep.join([*map(str, program.folders), SOURCE]),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    recorded = (catalogue.GOLDENS / f"{program.name}.txt").read_text()
    assert catalogue.words_in(done.stdout) == catalogue.words_in(recorded)
    np.testing.assert_allclose(
        catalogue.numbers_in(done.stdout), catalogue.numbers_in(recorded), rtol=RELATIVE, atol=ROUNDED
    )


def test_each_golden_has_its_program():
    assert {path.stem for path in catalogue.GOLDENS.glob("*.txt")} == {program.name for program in PROGRAMS}


def test_there_are_programs_of_many_styles():
    assert len(PROGRAMS) >= 25
