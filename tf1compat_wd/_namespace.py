"""Give a module TF1's names: ours, then TensorFlow's, then an error that helps.

A file of ours which is a module of TF1 (`tf1compat_wd/train/__init__.py` is `tf.train`) lists in `__all__` what is
ours, and says at its end:

    __getattr__, __dir__ = _namespace.names_of(__name__)

A module of TF1 without a file gets its names in the same way, from an empty module object. So `tf.nn.top_k` is looked
for in this order:

1. in `tf1compat_wd.nn` itself, where Python finds it without us;
2. among TF1's modules: `tf.nn.rnn_cell` is `tf1compat_wd/nn/rnn_cell.py` if there is one, else an empty module;
3. in `names.moved`: what TensorFlow lost, moved or gave other arguments;
4. in `tensorflow.compat.v1.nn`, unless all that is there only raises (`_STUBS`);
5. by another name that TF 1.15 had for the same thing (`tf.contrib.rnn.static_rnn` is `tf.nn.static_rnn`).

What is found stays in the module, so that it is looked for once. Names that `tensorflow.compat.v1` got after TF 1.15
are found too, but ``dir()`` and ``import *`` show TF1's only. Step 5, ``dir()`` and errors read the list of TF1's
names, which is not read before.
"""

from __future__ import annotations

import functools
import importlib
import importlib.machinery
import pkgutil
import sys
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any, Literal, NamedTuple

import tensorflow
import tensorflow.compat.v1

from tf1compat_wd import _restored_names, names
from tf1compat_wd._core import call_counts, watching
from tf1compat_wd.names.moved import MOVED, RESTORED

_OURS = __name__.rpartition(".")[0]

#: TF1's modules by their path. Not here: `tf.keras` and `tf.raw_ops`, passed on as they are, and modules that are a
#: second name of another.
MODULES = frozenset(
    """
    app audio autograph autograph.experimental bitwise compat config config.experimental config.optimizer
    config.threading contrib data data.experimental debugging distribute distribute.cluster_resolver
    distribute.experimental distributions dtypes errors estimator estimator.experimental estimator.export
    estimator.inputs estimator.tpu estimator.tpu.experimental experimental feature_column flags gfile graph_util image
    initializers io io.gfile layers layers.experimental linalg lite lite.constants lite.experimental
    lite.experimental.nn logging lookup lookup.experimental losses manip math metrics nest nn nn.rnn_cell profiler
    python_io pywrap_tensorflow quantization queue ragged random random.experimental resource_loader saved_model
    saved_model.builder saved_model.constants saved_model.experimental saved_model.loader saved_model.main_op
    saved_model.signature_constants saved_model.signature_def_utils saved_model.tag_constants saved_model.utils sets
    signal sparse spectral strings summary sysconfig test tpu tpu.experimental train train.experimental
    train.queue_runner user_ops version xla xla.experimental

    contrib.autograph contrib.batching contrib.bayesflow contrib.checkpoint contrib.cloud contrib.cluster_resolver
    contrib.compiler contrib.compiler.jit contrib.compiler.xla contrib.constrained_optimization contrib.copy_graph
    contrib.crf contrib.cudnn_rnn contrib.data contrib.deprecated contrib.distribute contrib.distributions
    contrib.distributions.bijectors contrib.eager contrib.eager.metrics contrib.estimator contrib.factorization
    contrib.feature_column contrib.ffmpeg contrib.framework contrib.framework.nest contrib.graph_editor
    contrib.grid_rnn contrib.image contrib.input_pipeline contrib.integrate contrib.keras contrib.kernel_methods
    contrib.labeled_tensor contrib.layers contrib.layers.feature_column contrib.layers.summaries contrib.learn
    contrib.learn.datasets contrib.learn.preprocessing
    contrib.legacy_seq2seq contrib.linear_optimizer contrib.lookup contrib.losses contrib.losses.metric_learning
    contrib.memory_stats contrib.metrics contrib.mixed_precision contrib.model_pruning contrib.nn contrib.opt
    contrib.optimizer_v2 contrib.periodic_resample contrib.predictor contrib.proto contrib.quantization
    contrib.quantize contrib.receptive_field contrib.recurrent contrib.reduce_slice_ops contrib.remote_fused_graph
    contrib.resampler contrib.rnn contrib.rpc contrib.saved_model contrib.seq2seq contrib.signal contrib.slim
    contrib.slim.contrib_variables contrib.slim.data_decoder contrib.slim.data_provider contrib.slim.dataset
    contrib.slim.dataset_data_provider contrib.slim.encoders contrib.slim.evaluation contrib.slim.initializers
    contrib.slim.layers contrib.slim.learning contrib.slim.model_analyzer contrib.slim.nets contrib.slim.nets.alexnet
    contrib.slim.nets.inception contrib.slim.nets.overfeat contrib.slim.nets.resnet_utils contrib.slim.nets.resnet_v1
    contrib.slim.nets.resnet_v2 contrib.slim.nets.vgg contrib.slim.normalization contrib.slim.optimizers
    contrib.slim.parallel_reader contrib.slim.prefetch_queue contrib.slim.queues contrib.slim.regularizers
    contrib.slim.summaries contrib.slim.tfexample_decoder contrib.slim.utils
    contrib.solvers contrib.sparsemax contrib.specs contrib.staging contrib.stat_summarizer contrib.stateless
    contrib.summary contrib.tensor_forest contrib.tensorboard contrib.testing contrib.tfprof contrib.timeseries
    contrib.tpu contrib.training contrib.util
    """.split()
)

#: Modules of `tensorflow.compat.v1` that only say "not available with Keras 3" (or, where the old Keras is installed,
#: bring layers which count losses twice and know nothing of passes): nothing is ever taken from them.
_STUBS = frozenset(("layers", "layers.experimental", "nn.rnn_cell", "estimator"))


#: Modules that were there without being public: TensorFlow's own files, and the tutorials.
_UNLISTED = frozenset(("python", "examples"))

#: What is ours in those of our modules that have been imported, by path.
_own_names: dict[str, frozenset[str]] = {}


class Found(NamedTuple):
    """What a name of TF1 stands for here."""

    value: Any
    origin: Literal["ours", "same"]
    """``same``: TensorFlow's own, as it is."""


# ------------------------------------------------------------------------------ for our modules


def names_of(module_name: str) -> tuple[Callable[[str], Any], Callable[[], list[str]]]:
    """The functions `__getattr__` and `__dir__` for a module of ours, called when the rest of it is there.

    What is ours are the names in its `__all__` or, without one, all public names that it has by then.
    """
    path = module_name.removeprefix(_OURS).removeprefix(".")
    scope = vars(sys.modules[module_name])
    _own_names[path] = frozenset(scope.get("__all__") or (name for name in scope if not name.startswith("_")))

    def __getattr__(name: str) -> Any:
        if name.startswith("_"):
            # The import system, copy, inspect, doctest and IPython ask for such names, and believe what they get.
            if name == "__all__":
                return public_names(path)
            raise AttributeError(f"module {module_name!r} has no attribute {name!r}", name=name)
        found = find(path, name)
        if found is None:
            # Without `obj`, or Python would add its own "Did you mean" to ours.
            raise AttributeError(_no_such_name(path, name), name=name)
        scope[name] = found.value
        return found.value

    def __dir__() -> list[str]:
        return public_names(path)

    return __getattr__, __dir__


def make_empty_modules(package_path: Iterable[str]) -> None:
    """Let every module of TF1 for which we have no file be imported all the same (``import tf1compat_wd.gfile``).

    Args:
        package_path: where our files are, the `__path__` of our root.
    """
    for path in MODULES.difference(_modules_with_a_file(package_path)):
        name = f"{_OURS}.{path}"
        module = sys.modules[name] = ModuleType(name, f"TF1's tf.{path}, of which nothing is ours.")
        module.__spec__ = importlib.machinery.ModuleSpec(name, None)
        vars(module)["__getattr__"], vars(module)["__dir__"] = names_of(name)
        if path.startswith("contrib."):
            vars(module)["__getattr__"] = _as_a_package(module)
        _own_names[path] = frozenset()


def _as_a_package(module: ModuleType) -> Callable[[str], Any]:
    """`module`'s `__getattr__`, for TF 1.15's own files below it: ``import tf1compat_wd.contrib.quantize.python``.

    Python asks for `__path__` then. `tf1compat_wd.contrib` knows those files, and isn't imported yet: Python imports
    what stands above a module only as far as it isn't there.
    """
    of_names: Callable[[str], Any] = vars(module)["__getattr__"]

    def __getattr__(name: str) -> Any:
        if name != "__path__":
            return of_names(name)
        importlib.import_module(f"{_OURS}.contrib")
        return vars(module).setdefault("__path__", [])

    return __getattr__


def _modules_with_a_file(package_path: Iterable[str], prefix: str = "") -> Iterator[str]:
    for finder, name, is_package in pkgutil.iter_modules(package_path):
        if prefix + name in MODULES:
            yield prefix + name
            if is_package and isinstance(finder, importlib.machinery.FileFinder):
                yield from _modules_with_a_file([f"{finder.path}/{name}"], f"{prefix}{name}.")


# ------------------------------------------------------------------------------------- look-up


def look_up(full_name: str) -> Found | None:
    """What a name of TF1, in full (``tf.nn.relu``), stands for here; None if it isn't offered."""
    found: Found | None = Found(sys.modules[_OURS], "ours")
    path = ""
    for part in full_name.split(".")[1:]:
        if found is None:
            break
        found = find(path, part) if path in MODULES or not path else _attribute_of(found, part)
        path = f"{path}.{part}".removeprefix(".")
    return found


def find(path: str, name: str) -> Found | None:
    """What `name` in TF1's module `path` stands for here; None if it isn't offered."""
    full_path = f"{path}.{name}".removeprefix(".")
    if full_path in _UNLISTED:
        return Found(importlib.import_module(f"{_OURS}.{full_path}"), "ours")
    if full_path in MODULES:
        return Found(_module(full_path), "ours" if _own_names.get(full_path) else "same")
    ours = vars(_module(path))
    if name in _own_names[path] and name in ours:
        return Found(ours[name], "ours")
    if full_path in RESTORED:
        return Found(call_counts.counted(full_path, getattr(_restored_names, RESTORED[full_path])), "ours")
    if full_path in MOVED:
        return look_up(f"tf.{MOVED[full_path]}".removesuffix("."))
    found = _attribute_of(Found(_tensorflows(path), "same"), name)
    if found is None:
        return _find_by_another_name(full_path)
    value = watching.watched(found.value) if full_path in watching.NAMES else found.value
    return found._replace(value=call_counts.counted(full_path, value))


def public_names(path: str) -> list[str]:
    """The names of TF1's module `path` that work here; at the root, `tracking` too."""
    of_tf1 = names.members().get(f"tf.{path}" if path else "tf", ())
    also = {"tracking"} & _own_names[""] if not path else ()
    return sorted({name for name in of_tf1 if _works(path, name)}.union(also))


def _works(path: str, name: str) -> bool:
    """Whether `name` is worth showing: it is there and, if it is a module that we made, something is in it."""
    found = find(path, name)
    if found is None or not isinstance(found.value, ModuleType):
        return found is not None
    package, _, inner_path = found.value.__name__.partition(".")
    return package != _OURS or not inner_path or bool(public_names(inner_path))


def _find_by_another_name(full_path: str) -> Found | None:
    known = names.tf1_names().get(f"tf.{full_path}")
    return None if known is None or known.alias_of is None else look_up(known.alias_of)


def _attribute_of(holder: Found, name: str) -> Found | None:
    try:
        return Found(getattr(holder.value, name), holder.origin)
    except (AttributeError, ImportError):  # ImportError: a module that TensorFlow loads lazily and hasn't
        return None


@functools.cache
def _tensorflows(path: str) -> ModuleType | None:
    """TensorFlow's own module for TF1's `path`, if it has one with anything in it."""
    return None if path in _STUBS else _inside(tensorflow.compat.v1, path)


def _inside(module: ModuleType | None, path: str) -> ModuleType | None:
    for part in path.split(".") if path else ():
        module = getattr(module, part, None)
    return module


def _module(path: str) -> ModuleType:
    """Our module for TF1's `path`, imported if it has a file."""
    module = importlib.import_module(f"{_OURS}.{path}" if path else _OURS)
    if path not in _own_names:  # it doesn't call `names_of` itself
        vars(module)["__getattr__"], vars(module)["__dir__"] = names_of(module.__name__)
    return module


@functools.lru_cache(maxsize=256)
def _no_such_name(path: str, name: str) -> str:
    from tf1compat_wd.names import messages  # deferred: long tables, which a program without errors doesn't need

    module_name = f"{_OURS}.{path}".removesuffix(".")
    full_name = f"tf.{path}.{name}" if path else f"tf.{name}"
    is_tensorflow_2 = hasattr(_inside(tensorflow, path), name)
    return messages.no_such_name(messages.Missing(module_name, full_name, public_names(path), is_tensorflow_2))
