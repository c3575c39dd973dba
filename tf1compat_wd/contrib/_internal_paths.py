"""Where TF1 kept its own files, for programs that import from there.

``tensorflow.contrib.layers.python.layers.utils`` was never meant to be named, and is (58 times in the programs we
counted). Each such path is a module here that shows what another one has, which is imported when it is first asked for
something.

The other paths of TF 1.15 (`tf1_15_files.txt`) can be imported, too: programs import `contrib.tpu.python.tpu` at their
top and use it on a TPU only. Such a module has what its package of tf.contrib offers, and TensorFlow's file of that
name. For every other name it has a class that can be imported, named and derived from; using it says what became of it.
"""

from __future__ import annotations

import functools
import importlib
import importlib.machinery
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

_ROOT = "tf1compat_wd.contrib"

_LAYERS, _FRAMEWORK, _SLIM = "layers.python.layers", "framework.python.ops", "slim.python.slim"
_RNN = "rnn.python.ops"

#: Path below tf.contrib, and the module below tf.contrib that has its names; "" for a folder.
_PATHS = {
    "eager.python": "",
    "eager.python.metrics": "eager.metrics",
    "eager.python.tfe": "eager",
    "cudnn_rnn.python": "",
    "cudnn_rnn.python.layers": "cudnn_rnn",
    "cudnn_rnn.python.layers.cudnn_rnn": "cudnn_rnn",
    "image.python": "",
    "image.python.ops": "image",
    "image.python.ops.image_ops": "image",
    "layers.python": "",
    _LAYERS: "layers",
    f"{_LAYERS}.embedding_ops": "layers",
    f"{_LAYERS}.encoders": "slim.encoders",
    f"{_LAYERS}.feature_column": "layers",
    f"{_LAYERS}.feature_column_ops": "layers",
    f"{_LAYERS}.initializers": "slim.initializers",
    f"{_LAYERS}.layers": "slim.layers",
    f"{_LAYERS}.normalization": "slim.normalization",
    f"{_LAYERS}.optimizers": "slim.optimizers",
    f"{_LAYERS}.regularizers": "slim.regularizers",
    f"{_LAYERS}.rev_block_lib": "layers",
    f"{_LAYERS}.summaries": "layers",
    f"{_LAYERS}.utils": "slim.utils",
    "framework.python": "",
    "framework.python.framework": "",
    "framework.python.framework.checkpoint_utils": "framework",
    "framework.python.framework.tensor_util": "framework",
    _FRAMEWORK: "framework",
    f"{_FRAMEWORK}.arg_scope": "framework",
    f"{_FRAMEWORK}.ops": "framework",
    f"{_FRAMEWORK}.variables": "slim.contrib_variables",
    "tensorboard.plugins": "",
    "tensorboard.plugins.projector": "tensorboard._projector",
    "training.python": "",
    "training.python.training": "training",
    "training.python.training.evaluation": "training",
    "training.python.training.hparam": "training",
    "training.python.training.training": "training",
    "legacy_seq2seq.python": "",
    "legacy_seq2seq.python.ops": "legacy_seq2seq",
    "legacy_seq2seq.python.ops.seq2seq": "legacy_seq2seq",
    "learn.python": "",
    "learn.python.learn": "learn",
    "learn.python.learn.datasets": "learn.datasets",
    "learn.python.learn.datasets.base": "learn.datasets.base",
    "learn.python.learn.datasets.mnist": "learn.datasets.mnist",
    "learn.python.learn.preprocessing": "learn.preprocessing",
    "learn.python.learn.preprocessing.categorical_vocabulary": "learn.preprocessing",
    "learn.python.learn.preprocessing.text": "learn.preprocessing",
    "rnn.python": "",
    _RNN: "rnn",
    **{f"{_RNN}.{name}": "rnn" for name in ("core_rnn", "fused_rnn_cell", "gru_ops", "lstm_ops", "rnn", "rnn_cell")},
    f"{_RNN}.core_rnn_cell": "rnn._core_rnn_cell",
    "slim.python": "",
    _SLIM: "slim",
    f"{_SLIM}.data": "slim",
    **{
        f"{_SLIM}.data.{name}": f"slim.{name}"
        for name in (
            "data_decoder", "data_provider", "dataset", "dataset_data_provider", "parallel_reader", "prefetch_queue",
            "tfexample_decoder",
        )
    },
    f"{_SLIM}.nets": "slim.nets",
    **{
        f"{_SLIM}.nets.{name}": f"slim.nets.{name}"
        for name in ("alexnet", "inception", "overfeat", "resnet_utils", "resnet_v1", "resnet_v2", "vgg")
    },
    **{
        f"{_SLIM}.{name}": f"slim.{name}"
        for name in ("evaluation", "learning", "model_analyzer", "queues", "summaries")
    },
}  # fmt: skip


def _is_inner(path: str, name: str) -> bool:
    return f"{path}.{name}" in _PATHS


def _make(path: str, target: str) -> ModuleType:
    full_name = f"{_ROOT}.{path}"
    module = ModuleType(full_name, f"What TF1 kept in tensorflow/contrib/{path.replace('.', '/')}.")
    module.__spec__ = importlib.machinery.ModuleSpec(full_name, None, is_package=True)
    module.__path__ = []

    def source() -> ModuleType | None:
        return importlib.import_module(f"{_ROOT}.{target}") if target else None

    def __getattr__(name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {full_name!r} has no attribute {name!r}", name=name)
        found = source()
        if found is not None and (not _is_inner(path, name) or callable(getattr(found, name, None))):
            return getattr(found, name)  # TF1, too, let the function arg_scope hide the file arg_scope
        if _is_inner(path, name):
            return sys.modules[f"{full_name}.{name}"]
        raise AttributeError(f"module {full_name!r} has no attribute {name!r}", name=name)

    def __dir__() -> list[str]:
        found = source()
        inner = [each[len(path) + 1 :] for each in _PATHS if each.startswith(f"{path}.")]
        return sorted({*(dir(found) if found is not None else ()), *(each for each in inner if "." not in each)})

    vars(module).update(__getattr__=__getattr__, __dir__=__dir__)
    return module


@functools.cache
def _recorded() -> frozenset[str]:
    """Paths of TF 1.15's own files and folders below tf.contrib."""
    found: set[str] = set()
    for line in Path(__file__).with_name("tf1_15_files.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            folder, _, files = line.partition(": ")
            found.update((folder, *(f"{folder}.{name}" for name in files.split())))
    return frozenset(found)


class _NotOffered(type):
    """The class of classes that stand for names we don't offer: they exist, and raise when they are used."""

    _message: str

    def __call__(cls, *args: Any, **kwargs: Any) -> NoReturn:
        raise AttributeError(cls._message)

    def __getattr__(cls, name: str) -> _NotOffered:
        if name.startswith("__"):
            raise AttributeError(f"type object {cls.__name__!r} has no attribute {name!r}", name=name)
        return _not_offered(f"{cls.__module__}.{cls.__qualname__}", name, cls._message)

    def __repr__(cls) -> str:
        return f"<not offered: {cls.__module__}.{cls.__qualname__}>"


def _not_offered(place: str, name: str, message: str) -> _NotOffered:
    return _NotOffered(name, (), {"__module__": place, "_message": message})


class _OtherFile(ModuleType):
    """One of TF 1.15's own files, or a folder of them, of which nothing is ours."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}", name=name)
        path = self.__name__.removeprefix(f"{_ROOT}.")
        if f"{path}.{name}" in _recorded():
            return importlib.import_module(f"{self.__name__}.{name}")
        value = self._find(path, name)
        vars(self)[name] = value
        return value

    def _find(self, path: str, name: str) -> Any:
        package, _, file = path.partition(".python")
        try:
            return getattr(importlib.import_module(f"{_ROOT}.{package}"), name)
        except AttributeError as error:
            message = str(error)
        try:  # contrib/tpu/python/tpu/tpu_function.py is python/tpu/tpu_function.py today
            return getattr(importlib.import_module(f"tf1compat_wd.python.{package}.{file.rpartition('.')[2]}"), name)
        except (ModuleNotFoundError, AttributeError):
            return _not_offered(self.__name__, name, message)


class _Finder(MetaPathFinder, Loader):
    """Makes the modules for TF 1.15's other files."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if not fullname.startswith(f"{_ROOT}.") or ".python" not in fullname:
            return None
        if fullname.removeprefix(f"{_ROOT}.") not in _recorded():
            return None
        return importlib.machinery.ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return _OtherFile(spec.name, f"What TF 1.15 kept in {spec.name.replace('tf1compat_wd', 'tensorflow', 1)}.")

    def exec_module(self, module: ModuleType) -> None:
        module.__path__ = []


def install() -> None:
    """Let all of them be imported; where the folders begin, the packages of ours call `python_of`."""
    for path, target in _PATHS.items():
        sys.modules.setdefault(f"{_ROOT}.{path}", _make(path, target))
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.append(_Finder())


def module_of(path: str) -> ModuleType:
    """The module that stands for `path` below tf.contrib."""
    return sys.modules[f"{_ROOT}.{path}"]


def python_of(package: str) -> ModuleType:
    """The folder ``python`` of a package of tf.contrib."""
    return module_of(f"{package}.python")
