"""NumPy as the user's own files see it."""

import numpy
import pytest

from tf1compat_wd.cli import script_numpy
from tf1compat_wd.cli.numpy_names import CHANGED_NAMES, REMOVED_NAMES


@pytest.fixture(autouse=True)
def fresh_view():
    """Each test finds the view as after its import, whatever ran before in this process."""
    before = dict(vars(script_numpy))
    for name in REMOVED_NAMES.keys() - vars(numpy).keys():
        vars(script_numpy).pop(name, None)
    script_numpy._has_told = False
    yield
    vars(script_numpy).clear()
    vars(script_numpy).update(before)


@pytest.mark.parametrize("name", sorted(REMOVED_NAMES))
def test_every_removed_name_has_a_value(name):
    assert getattr(script_numpy, name) is not None


def test_second_names_of_pythons_types_are_pythons_types():
    assert (script_numpy.int, script_numpy.float, script_numpy.object, script_numpy.str) == (int, float, object, str)


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # NumPy 1
def test_removed_functions_compute_what_they_did():
    view = script_numpy
    assert view.asscalar(numpy.array([3])) == 3
    assert view.asfarray([1, 2]).dtype == numpy.float64
    assert view.asfarray([1, 2], "float32").dtype == numpy.float32
    assert view.asfarray([1, 2], int).dtype == numpy.float64
    assert view.rank([[1]]) == 2
    assert view.msort([[2], [1]]).tolist() == [[1], [2]]
    assert view.in1d([[1, 2]], [2]).tolist() == [False, True]
    assert view.trapz([0.0, 2.0]) == 1.0
    assert view.product([2, 3]) == 6


def test_what_numpy_has_is_numpys():
    for name in numpy.__all__:
        if name not in CHANGED_NAMES:
            assert getattr(script_numpy, name) is getattr(numpy, name)
    assert script_numpy.random is numpy.random
    assert script_numpy.__version__ == numpy.__version__
    assert script_numpy.lib.stride_tricks is numpy.lib.stride_tricks


def test_an_unknown_name_gives_numpys_error():
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        script_numpy.nonsense  # noqa: B018


def test_numpy_itself_stays_as_it_is():
    assert script_numpy.int is int
    assert "int" not in vars(numpy)
    script_numpy.load = None
    assert numpy.load is not None


def test_the_first_use_is_told_in_one_line_with_its_place(capsys):
    script_numpy.int  # noqa: B018
    script_numpy.float  # noqa: B018
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert told.startswith("tf1compat-wd: ")
    assert f"{__file__.rpartition('/')[2]}:" in told
    assert "np.int, which NumPy has removed" in told


def test_load_reads_pickled_arrays(tmp_path):
    numpy.save(tmp_path / "a.npy", numpy.array([{"a": 1}], dtype=object))
    numpy.savez(tmp_path / "b.npz", x=numpy.array([None], dtype=object))
    assert script_numpy.load(tmp_path / "a.npy").item() == {"a": 1}
    assert script_numpy.load(tmp_path / "b.npz")["x"].tolist() == [None]
    with pytest.raises(ValueError, match="allow_pickle=False"):
        script_numpy.load(tmp_path / "a.npy", allow_pickle=False)


def test_the_defaults_of_load_can_be_replaced_as_programs_did(tmp_path):
    numpy.save(tmp_path / "a.npy", numpy.array([1, 2]))
    script_numpy.load.__defaults__ = (None, True, True, "ASCII")
    assert script_numpy.load(tmp_path / "a.npy").tolist() == [1, 2]
