"""Which files are the user's own, and what is said of files that aren't Python 3."""

import os
import sysconfig

import pytest

from tf1compat_wd.cli.script_files import ScriptFiles, explain, is_installed, parse


def held(tmp_path, relative, also=()):
    return ScriptFiles(str(tmp_path), also).hold(str(tmp_path / relative))


@pytest.mark.parametrize("own", ["a.py", "package/b.py", "deep/er/__init__.py", "lib/python3.11/c.py", "."])
def test_files_below_the_scripts_folder_are_own(tmp_path, own):
    assert held(tmp_path, own)


@pytest.mark.parametrize(
    "other", ["../a.py", "venv/lib/python3.11/site-packages/x.py", "dist-packages/x.py", f"../{'x' * 5}/a.py"]
)
def test_other_files_and_installed_ones_below_are_not(tmp_path, other):
    assert not held(tmp_path, other)


def test_a_folder_whose_name_only_begins_alike_is_another(tmp_path):
    assert not ScriptFiles(str(tmp_path / "a")).hold(str(tmp_path / "ab" / "x.py"))


def test_the_standard_library_and_this_package_are_never_own():
    import tf1compat_wd.cli

    everything = ScriptFiles(os.sep)
    assert not everything.hold(tf1compat_wd.cli.__file__)
    assert not everything.hold(os.path.join(sysconfig.get_path("stdlib"), "os.py"))


def test_a_symbolic_link_leads_to_the_file(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.py").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert ScriptFiles(str(tmp_path / "link")).hold(str(tmp_path / "real" / "a.py"))
    assert ScriptFiles(str(tmp_path / "real")).hold(str(tmp_path / "link" / "a.py"))


def test_a_script_in_an_installed_package_has_files_of_its_own(tmp_path):
    package = tmp_path / "site-packages" / "package"
    files = ScriptFiles(str(package))
    assert files.hold(str(package / "train.py"))
    assert not files.hold(str(package.parent / "tensorflow" / "__init__.py"))


def test_also_names_modules_and_what_is_in_them():
    files = ScriptFiles("/", ("lib", "a.b"))
    assert [files.named(name) for name in ("lib", "lib.x", "library", "a", "a.b", "a.b.c", "a.bc")] == [
        True, True, False, False, True, True, False,
    ]  # fmt: skip


def test_folders_above_are_those_that_contain_the_script(tmp_path):
    files = ScriptFiles(str(tmp_path / "repository" / "scripts"))
    above = [str(tmp_path), str(tmp_path / "repository")]
    assert files.folders_above([*above, str(tmp_path / "repository" / "other"), "/", "/usr/lib"]) == above


def test_installed_libraries_are_known_by_their_folder():
    assert is_installed(os.path.realpath(pytest.__file__))
    assert not is_installed("/home/me/project/train.py")


PYTHON_2 = {
    'print "hello"': 'script.py:1: a Python 2 program: print "hello"; convert it to Python 3 first',
    "x = 1\nprint x": "script.py:2: a Python 2 program: print x;",
    "raise ValueError, 'no'": "script.py:1: a Python 2 program",
    "try:\n  pass\nexcept IOError, e:\n  pass": "script.py:3: a Python 2 program: except IOError, e:",
    "exec 'x = 1'": "script.py:1: a Python 2 program",
    "x = 0777": "script.py:1: a Python 2 program",
    "x = 10L": "script.py:1: a Python 2 program",
    "if x <> 1:\n  pass": "script.py:1: a Python 2 program",
    "x = `y`": "script.py:1: a Python 2 program",
    "s = ur'x'": "script.py:1: a Python 2 program",
    "if x:\n\ty = 1\n        z = 1": "script.py:3: a Python 2 program",
}


@pytest.mark.parametrize("source", PYTHON_2)
def test_a_python_2_program_is_told_in_one_line(source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SyntaxError) as raised:
        parse(source.encode(), str(tmp_path / "script.py"))
    told = explain(raised.value)
    assert told.startswith(PYTHON_2[source])
    assert "\n" not in told


OTHERWISE_BROKEN = {
    b"x = (1,\n": "script.py:1: not Python 3.",
    b"def f(:\n  pass": "script.py:1: not Python 3.",
    b"a\0b": "script.py: not a Python source file (",
    b"\xff\xfe\x00": "script.py",
    b"# coding: nonsense\n": "script.py",
    b"s = '\xe9'": "script.py",
}


@pytest.mark.parametrize("source", OTHERWISE_BROKEN)
def test_other_broken_files_are_told_in_one_line(source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SyntaxError) as raised:
        parse(source, str(tmp_path / "script.py"))
    told = explain(raised.value)
    assert told.startswith(OTHERWISE_BROKEN[source])
    assert "Python 2" not in told
    assert "\n" not in told


def test_a_source_may_declare_its_encoding():
    assert parse("# -*- coding: latin-1 -*-\ns = 'é'".encode("latin-1"), "x.py").body[0].value.value == "é"


@pytest.mark.filterwarnings("error")
def test_old_string_escapes_give_no_warning():
    parse(rb's = "\d+"', "x.py")
