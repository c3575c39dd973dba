"""``tf1compat-wd run`` as a user starts it. Loading TensorFlow takes seconds: such a process checks several things."""

import json
import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import tf1compat_wd
from tf1compat_wd.cli import launcher

PROGRAMS = Path(__file__).parent / "programs"
SOURCE = str(Path(tf1compat_wd.__file__).parents[1])


def run(*arguments, start=(launcher.__file__,), cwd=PROGRAMS, stdin=None, **environment):
    """Run the command with the sources beside this file, installed or not."""
    path = os.pathsep.join([SOURCE, *environment.pop("path", ())])
    return subprocess.run(
        [sys.executable, *start, *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": path, **environment},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def ours(done):
    """The lines that we said ourselves."""
    return [line for line in done.stderr.splitlines() if line.startswith("tf1compat-wd: ")]


# ------------------------------------------------------------------------------ without TensorFlow


def test_help_names_the_commands_that_work():
    done = run("--help")
    assert done.returncode == 0
    assert "run a TensorFlow 1 script unchanged" in done.stdout
    assert all(word in done.stdout for word in ("scan", "rewrite", "verify"))
    assert "--mode" in run("run", "--help").stdout


@pytest.mark.parametrize(
    "arguments", [(), ("run",), ("nonsense",), ("run", "--mode", "lazy", "x.py"), ("run", "--mode")]
)
def test_a_wrong_command_line_gets_the_usage_and_status_2(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: ")


def test_the_script_sees_what_plain_python_shows_it():
    arguments = ["view.py", "--mode", "eager", "-h", "-m", "--", "--also", "x", "-", ""]
    plain = run(*arguments, start=())
    assert plain.returncode == 0
    for command in (["run"], ["run", "--"], ["run", "--mode=eager", "--also", "a", "--also=b"]):
        done = run(*command, *arguments)
        assert done.stdout == plain.stdout
        assert done.stderr == ""


def test_paths_are_the_users(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "view.py").write_text((PROGRAMS / "view.py").read_text())
    (tmp_path / "link.py").symlink_to(tmp_path / "sub" / "view.py")
    for script in ("sub/view.py", "link.py", str(tmp_path / "sub" / "view.py"), "./sub/../link.py"):
        assert run("run", script, cwd=tmp_path).stdout == run(script, start=(), cwd=tmp_path).stdout != ""


def test_a_script_comes_from_standard_input(tmp_path):
    (tmp_path / "neighbour.py").write_text("import importlib\nname = importlib.__name__\n")
    script = "import neighbour, sys\nprint(neighbour.name, sys.stdin.read())\n" + (PROGRAMS / "view.py").read_text()
    for arguments in (["-"], ["-", "--mode", "graph", "-", "--", "-m"]):
        plain = run(*arguments, start=(), cwd=tmp_path, stdin=script)
        for command in (["run"], ["run", "--mode", "eager", "--"]):
            done = run(*command, *arguments, cwd=tmp_path, stdin=script)
            assert done.returncode == 0, done.stderr
            assert done.stdout == plain.stdout.replace("importlib", "tf1compat_wd.cli.script_importlib") != ""
    failing = "import sys\nraise SystemExit(4) if sys.argv[1:] else ValueError('on purpose')\n"
    for arguments in (["-"], ["-", "x"]):
        plain, done = (run(*start, *arguments, start=(), stdin=failing) for start in ([], [launcher.__file__, "run"]))
        assert (done.returncode, done.stderr) == (plain.returncode, plain.stderr)
    assert run("run", "-", stdin="print 3").stderr.startswith("tf1compat-wd: <stdin>:1: a Python 2 program: print 3;")


@pytest.mark.skipif(not os.path.exists("/dev/stdin"), reason="no such device here")
def test_a_script_comes_from_a_pipe():
    done = run("run", "/dev/stdin", "x", stdin="import os, sys\nprint(sys.argv, __file__)\n")
    assert done.stdout == "['/dev/stdin', 'x'] /dev/stdin\n", done.stderr


def test_modules_are_run_as_python_m_runs_them(tmp_path):
    package = tmp_path / "package"
    package.mkdir()
    (package / "__init__.py").write_text("import sys; print('package of', sys.argv[1:])")
    (package / "neighbour.py").write_text("x = 3")
    (package / "train.py").write_text(
        "import sys, neighbours\nfrom . import neighbour\nfrom .neighbour import x\n"
        "print(__name__, __package__, __file__, sys.argv, sys.path[0], x, neighbours.y)"
    )
    (package / "__main__.py").write_text("from . import train")
    (tmp_path / "neighbours.py").write_text("y = 4")
    for name in ("package.train", "package"):
        plain = run("-m", name, "-x", "--", start=(), cwd=tmp_path)
        done = run("run", "-m", name, "-x", "--", cwd=tmp_path)
        assert plain.returncode == done.returncode == 0, done.stderr
        assert done.stdout == plain.stdout


@pytest.mark.parametrize(
    "ending",
    ["nothing", "exit", "code", "text", "error", "cause", "import", "missing", "hook", "interrupt", "terminate"],
)
def test_a_script_ends_as_in_plain_python(ending):
    plain = run("endings.py", ending, start=())
    done = run("run", "endings.py", ending)
    assert done.returncode == plain.returncode
    assert done.stdout == plain.stdout
    assert done.stderr == plain.stderr  # tracebacks, line by line


def test_a_python_2_module_gets_one_line():
    done = run("run", "endings.py", "python2")
    assert done.returncode == 1
    assert done.stderr == (
        'tf1compat-wd: python2_module.py:2: a Python 2 program: print "Python 2"; convert it to Python 3 first, '
        "for instance with 2to3\n"
    )


def test_what_is_no_script_gets_one_line_and_status_2(tmp_path):
    (tmp_path / "old.py").write_text("import os\nprint 'x'\n")
    (tmp_path / "binary.py").write_bytes(b"\x7fELF\0\0\0")
    (tmp_path / "folder").mkdir()
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "__init__.py").touch()
    told = {
        "missing.py": "there is no file missing.py",
        "folder": "folder is a folder; name the script in it",
        "binary.py": "binary.py: not a Python source file",
        "old.py": "old.py:2: a Python 2 program: print 'x'",
        "-mmissing": "there is no module missing in . or on the Python path",
        "-mpackage.missing": "there is no module package.missing in",
        "-mpackage": "there is no module package.__main__ with a source file",
    }
    if os.getuid():  # root can read everything
        (tmp_path / "secret.py").touch(mode=0)
        told["secret.py"] = "can't read secret.py: Permission denied"
    for script, beginning in told.items():
        arguments = ["-m", script[2:]] if script.startswith("-m") else [script]
        done = run("run", *arguments, cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith(f"tf1compat-wd: {beginning}"), done.stderr
        assert done.stderr.count("\n") == 1


def test_byte_code_of_the_users_files_is_left_alone(tmp_path):
    (tmp_path / "model.py").write_text("import importlib\nname = importlib.__name__\n")
    (tmp_path / "main.py").write_text("import model; print(model.name)\n")
    done = run("run", "main.py", cwd=tmp_path, PYTHONDONTWRITEBYTECODE="")
    assert done.stdout == "tf1compat_wd.cli.script_importlib\n"
    assert not (tmp_path / "__pycache__").exists()
    assert run("main.py", start=(), cwd=tmp_path, PYTHONDONTWRITEBYTECODE="").stdout == "importlib\n"
    assert (tmp_path / "__pycache__").exists()
    assert run("run", "main.py", cwd=tmp_path).stdout == "tf1compat_wd.cli.script_importlib\n"


def test_a_folder_above_that_the_script_puts_on_its_path_is_its_own(tmp_path):
    shows = "import importlib\nname = importlib.__name__\n"
    for place in ("scripts", "models", "elsewhere"):
        (tmp_path / "repository" / place).mkdir(parents=True)
    (tmp_path / "repository" / "models" / "net.py").write_text(shows)
    (tmp_path / "repository" / "tools.py").write_text(shows)
    (tmp_path / "repository" / "elsewhere" / "library.py").write_text(shows)
    (tmp_path / "repository" / "scripts" / "train.py").write_text(
        "import sys; sys.path[1:1] = ['..', '../elsewhere']\n"
        "import tools, models.net, library\nprint(tools.name, models.net.name, library.name)"
    )
    done = run("run", "train.py", cwd=tmp_path / "repository" / "scripts")
    view = "tf1compat_wd.cli.script_importlib"
    assert done.stdout == f"{view} {view} importlib\n", done.stderr
    also = run("run", "--also", "library", "train.py", cwd=tmp_path / "repository" / "scripts")
    assert also.stdout == f"{view} {view} {view}\n"


def test_the_console_script_starts_without_tensorflow():
    try:
        entries = metadata.distribution("tf1compat-wd").entry_points
    except metadata.PackageNotFoundError:
        pytest.skip("tf1compat-wd is not installed")
    (entry,) = (entry for entry in entries if entry.group == "console_scripts")
    start = f"import sys; sys.argv[1:] = ['run', 'view.py']; from {entry.module} import {entry.attr}; {entry.attr}()"
    done = run(start=("-c", start))
    assert done.stdout.endswith("False)\n"), done.stderr  # the last thing it shows: whether TensorFlow is loaded


# --------------------------------------------------------------------------------- with TensorFlow


def test_a_project_in_graph_mode(tmp_path):
    arguments = ("run", "--explain", "main.py", "--steps=8", "extra")
    done = run(*arguments, cwd=PROGRAMS / "project", path=[str(PROGRAMS / "outside")])
    assert done.returncode == 5, done.stderr
    seen = json.loads(done.stdout)
    # flags and tf.app.run
    assert seen["argv"] == ["main.py", "extra"]
    assert seen["flags"] == [8, "logs", True]
    # the script's own files see TF1, everybody else sees TensorFlow
    assert seen["script"] == ["tf1compat_wd"]
    assert seen["star"] == "tf1compat_wd"
    assert seen["others"] == ["tensorflow", "tensorflow", False, "keras", False]
    assert seen["numpy"] == [True, True, 2, "numpy.random"]
    # TF1's graph mode
    assert seen["session"] == [7.5, 4]
    assert seen["graph"] == [False, 3, [None, 3]]
    # classes of the script, here and in its children
    assert seen["pickle"] == 2
    assert seen["children"] == {method: [True, "tf1compat_wd", False, 9, True] for method in ("fork", "spawn")}
    # what we said, one line each
    chosen, redirected, outside, numpy = ours(done)
    assert chosen.startswith("tf1compat-wd: graph mode: main.py:")
    assert "uses tf.placeholder; main.py:" in chosen
    assert redirected == f"tf1compat-wd: redirected: the files below {PROGRAMS / 'project'}"
    assert "outside_module.py uses TensorFlow but lies outside" in outside
    assert "--also outside_module" in outside
    assert numpy.startswith("tf1compat-wd: main.py:")
    assert "np.int, which NumPy has removed" in numpy


def test_eager_mode_and_a_name_that_is_not_offered():
    done = run("run", "--explain", "eager_mode.py", start=("-m", "tf1compat_wd.cli"))
    assert done.returncode == 1
    assert done.stdout == "layer/w:0 1 [1.5] True\nlayer/w:0 1 [1.5] True\nTrue 3\n"
    assert ours(done)[0] == "tf1compat-wd: eager mode: nothing in the sources needs a session"
    assert "tf.contrib.cloud" in ours(done)[-1]
    assert 'eager_mode.py", line 14, in <module>' in done.stderr
    assert os.path.dirname(launcher.__file__) not in done.stderr


def test_what_is_meant_for_a_gpu_runs_on_the_cpu_where_there_is_none():
    script = """
import tensorflow as tf
with tf.device("/gpu:1"):
    step = tf.train.get_or_create_global_step()
    double = tf.constant([1.0, 2.0]) * 2
    config = tf.ConfigProto(log_device_placement=False)
for session in (tf.Session(), tf.Session(config=config), tf.InteractiveSession()):
    print(session.run(double), double.device)
    session.close()
with tf.train.MonitoredTrainingSession(config=config) as session:
    print(session.run(step), config.allow_soft_placement)
"""
    done = run("run", "-", stdin=script, CUDA_VISIBLE_DEVICES="-1")
    assert done.returncode == 0, done.stderr
    assert done.stdout == 3 * "[2. 4.] /device:GPU:1\n" + "0 False\n"
    (told,) = ours(done)
    assert told.startswith("tf1compat-wd: there is no GPU here: what the script puts on /device:GPU:1 runs on the CPU")


def test_the_mode_can_be_chosen():
    done = run("run", "--explain", "--mode", "graph", "eager_mode.py")
    assert ours(done)[0].startswith("tf1compat-wd: graph mode: --mode says so (auto would choose eager: nothing in")
    assert done.returncode == 1
    assert "layer/w:0" not in done.stdout  # a value of a graph can't be printed
