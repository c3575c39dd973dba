"""Everything we know about TensorFlow that TensorFlow does not promise.

No other file of ours may name ``tensorflow.python`` or one of TensorFlow's underscored attributes;
ruff (TID251) and ``tests/test_layering.py`` hold that rule. When a new TensorFlow breaks us, this is
the file to open. Checked on TensorFlow 2.16.2 to 2.21.0.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import operator
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from types import ModuleType
from typing import Any, NamedTuple

import tensorflow as tf
from tensorflow.python.data.ops import dataset_ops as _dataset_ops
from tensorflow.python.eager import context as _context
from tensorflow.python.eager import record as _record
from tensorflow.python.framework import ops as _ops
from tensorflow.python.framework import random_seed as _random_seed
from tensorflow.python.framework import tensor as _tensor
from tensorflow.python.ops import control_flow_v2_func_graphs as _branches
from tensorflow.python.ops import gen_random_ops as _gen_random_ops
from tensorflow.python.ops import gradients_util as _gradients_util
from tensorflow.python.ops import init_ops as _init_ops
from tensorflow.python.ops import random_ops as _random_ops
from tensorflow.python.ops import resource_variable_ops as _resource_variable_ops
from tensorflow.python.ops import variable_scope as _variable_scope
from tensorflow.python.ops import variables as _variables
from tensorflow.python.trackable import data_structures as _data_structures
from tensorflow.python.util import nest as tensorflows_nest  # noqa: F401  (all of it; tf.nest shows a part)
from tensorflow.python.util import tf_stack as _tf_stack

Graph = Any
Tensor = Any
Operation = Any
EagerTensor = _ops.EagerTensor

# ---------------------------------------------------------------------------------------- graphs

#: The default graph of this thread: a FuncGraph while a function is traced, a plain Graph inside
#: ``Graph.as_default()``, else the thread's own (and otherwise unused) graph of eager mode.
default_graph: Callable[[], Graph] = _ops._default_graph_stack.get_default
executing_eagerly: Callable[[], bool] = _context.executing_eagerly


def is_function_graph(graph: Graph) -> bool:
    """Is `graph` a FuncGraph (of a ``tf.function``, a branch or a loop)?"""
    return bool(graph.building_function)


def is_control_flow_graph(graph: Graph) -> bool:
    """Is `graph` the graph of one branch of a ``tf.cond`` or of a ``tf.while_loop``?"""
    return isinstance(
        graph, (_branches.CondBranchFuncGraph, _branches.WhileCondFuncGraph, _branches.WhileBodyFuncGraph)
    )


def new_function_graph(name: str) -> Graph:
    """An empty FuncGraph, in which eager tensors may be used."""
    return tf.__internal__.FuncGraph(name)


def is_on_a_tape(tensor: Any) -> bool:
    """Does a gradient tape that records now know the tensor?"""
    return bool(_record.should_record_backprop([tensor]))


def outer_graph(graph: Graph) -> Graph:
    """The graph that was the default when the FuncGraph `graph` began to be traced."""
    return graph.outer_graph


def is_in_old_control_flow(graph: Graph) -> bool:
    """Is a branch or loop of TF1's kind, which is part of `graph` itself, being built there?"""
    return graph._get_control_flow_context() is not None


def is_graph_finished(graph: Graph) -> bool:
    """Has the trace that built the FuncGraph `graph` ended?

    A graph that is being built stands on the default graph stack of some thread; a finished one
    stands on none. Only this thread's stack can be read, so the answer is for this thread.
    """
    return all(graph is not entry for entry in _ops._default_graph_stack.stack)


def outside_is_eager() -> bool:
    """Is the outermost context eager, so that variables made in a trace are eager variables?"""
    return bool(_ops.executing_eagerly_outside_functions())


def is_input_placeholder(graph: Graph, name: str) -> bool:
    """Does the FuncGraph `graph` use `name` only for one of its arguments?"""
    try:
        operation = graph.get_operation_by_name(name)
    except (KeyError, ValueError):
        return False
    return bool(operation.type == "Placeholder")


def unique_root_name(graph: Graph, name: str) -> str:
    """The name that an operation called `name` would get at the root of `graph`; taken from now on."""
    with graph.name_scope(None):
        return graph.unique_name(name)


def graph_of_inputs(values: Any) -> Graph:
    """The graph that the tensors in `values` belong to, else the default graph; TF1's error if they differ."""
    return _ops._get_graph_from_inputs(values)


def outermost_graph(graph: Graph) -> Graph:
    """The plain graph around the FuncGraph `graph`."""
    while graph.building_function:
        graph = graph.outer_graph
    return graph


# ----------------------------------------------------------------------------------- collections

#: Keys under which TensorFlow keeps its store of variables and its current variable scope.
VARIABLE_STORE_KEY = ("__variable_store",)
SCOPE_STORE_KEY = ("__varscope",)


#: The live dictionary behind ``graph.get_collection``, of a graph.
collections_of: Callable[[Graph], dict[Any, list[Any]]] = operator.attrgetter("_collections")


def install_collections(graph: Graph, collections: dict[Any, list[Any]]) -> None:
    """Make `collections` the dictionary behind ``graph.get_collection``."""
    graph._collections = collections


# ---------------------------------------------------------------------------------- scopes, store


def graph_variable_store() -> Any:
    """TensorFlow's own store of the default graph's variables, made if there is none yet."""
    return _variable_scope._get_default_variable_store()


def stored_variables(store: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two dictionaries of TensorFlow's own store: variables, and partitioned variables."""
    return store._vars, store._partitioned_vars


class _ScopeSettings(threading.local):
    """How many eager passes this thread has open."""

    users = 0


_scope_settings = _ScopeSettings()
_tensorflows_scope = tf.compat.v1.VariableScope
_scope_init = _tensorflows_scope.__init__


@functools.wraps(_scope_init)
def _init_with_reuse(scope: Any, reuse: Any, *args: Any, **kwargs: Any) -> None:
    if not _scope_settings.users:
        _scope_init(scope, reuse, *args, **kwargs)
        return
    caching_device = kwargs.pop("caching_device", None)
    use_resource = kwargs.get("use_resource")
    _scope_init(scope, reuse, *args, **kwargs)
    scope._reuse, scope._caching_device, scope._use_resource = reuse, caching_device, use_resource


def keep_scope_settings() -> None:
    """Let the variable scopes that TensorFlow makes in this thread keep `reuse` as given, until `drop_scope_settings`.

    In eager mode its ``VariableScope`` otherwise replaces it by AUTO_REUSE, and refuses a caching device. Calls count.
    The first call of all puts a function around its ``__init__``, for good: each change of a class makes Python forget
    what it has learnt about looking up attributes in it, and in ours, which extends it.
    """
    if _tensorflows_scope.__init__ is _scope_init:
        _tensorflows_scope.__init__ = _init_with_reuse
    _scope_settings.users += 1


def drop_scope_settings() -> None:
    _scope_settings.users -= 1


def is_tensorflows(function: Any) -> bool:
    """Is `function` one of TensorFlow's own? (``tf.scan`` sets a caching device on the variable scope around it.)"""
    return str(getattr(function, "__module__", "")).startswith("tensorflow.")


def default_use_resource() -> bool:
    """What ``use_resource=None`` means now: ``tf.enable_resource_variables`` sets it."""
    return bool(tf.compat.v1.resource_variables_enabled())


def eager_name_scope() -> str:
    """The name scope of eager mode, "" or ending with a slash."""
    return _context.context().scope_name


def eager_names() -> Any:
    """This thread's record: ``scope_name``, to be read and set, is the name scope of eager mode; ``is_eager``."""
    return (_context._context or _context.context())._thread_local_data


# -------------------------------------------------------------------------------------- variables

ResourceVariable = _resource_variable_ops.ResourceVariable
PartitionedVariable = _variables.PartitionedVariable

#: ``variable_creator_scope`` of the public API enters its creators with this priority; the one of
#: ``tf.function``, which would force a second trace, stands at 50.
PUBLIC_CREATOR_PRIORITY = 100
OUR_CREATOR_PRIORITY = 60


def variable_creators(graph: Graph) -> list[tuple[int, Callable[..., Any]]]:
    """The creators that ``variable_creator_scope`` has entered on `graph`, innermost last."""
    return graph._variable_creator_stack


def has_variable_creators(graph: Graph) -> bool:
    """Has the program entered a ``variable_creator_scope`` in `graph`?"""
    creators: Sequence[tuple[int, Any]] = getattr(graph._thread_local, "_variable_creator_stack", ())
    return bool(creators) and creators[-1][0] >= PUBLIC_CREATOR_PRIORITY


def set_variable_creators(graph: Graph, creators: list[tuple[int, Callable[..., Any]]]) -> None:
    graph._variable_creator_stack = creators


def enter_creator(graph: Graph, creator: Callable[..., Any]) -> tuple[Any, Any]:
    """Enter `creator` on `graph`: behind those of users, before that of ``tf.function``.

    Returns what `leave_creator` needs to know: the list that was changed in place, if any, and what was there before.
    In a trace the list is changed in place: ``tf.function`` checks when the trace ends that it is still the one it
    made, and fails with "without proper nesting" otherwise, also where a pass was left open.
    """
    creators = graph._variable_creator_stack
    ours = [*creators, (OUR_CREATOR_PRIORITY, creator)]
    if creators:
        ours.sort(key=_priority)
    if graph.building_function and creators is not graph.outer_graph._variable_creator_stack:
        before = list(creators)
        creators[:] = ours
        return creators, before
    graph._thread_local._variable_creator_stack = ours
    return None, creators


_priority = operator.itemgetter(0)


def leave_creator(graph: Graph, entered: tuple[Any, Any]) -> None:
    """Undo `enter_creator`."""
    changed, before = entered
    if changed is None:
        graph._thread_local._variable_creator_stack = before
    else:
        changed[:] = before


def set_save_slice_info(variable: Any, full_name: str, full_shape: Any, offset: Any, shape: Any) -> None:
    """Tell `variable` which slice of a partitioned variable it is (for checkpoints)."""
    info = _variables.Variable.SaveSliceInfo(full_name, full_shape, offset, shape)
    variable._set_save_slice_info(info)


def forget_slots(optimizer: Any) -> None:
    """Let a TF1 optimizer make its slots and its other variables anew, as an optimizer that was just made does."""
    optimizer._slots = {}
    optimizer._non_slot_dict = {}


def zeros_slot(optimizer: Any, variable: Any, slot: str, name: str) -> Any:
    """Make the slot `slot` of `variable` if there is none, with zeros, called ``<variable>/<name>``."""
    return optimizer._zeros_slot(variable, slot, name)


def make_non_slot(optimizer: Any, value: Any, name: str, beside: Any) -> Any:
    """Make a variable of the optimizer's own, in the place of the variable `beside`, if there is none."""
    return optimizer._create_non_slot_variable(initial_value=value, name=name, colocate_with=beside)


def non_slot(optimizer: Any, name: str) -> Any:
    """The variable of the optimizer's own that is called `name`."""
    in_function = not executing_eagerly() and default_graph().building_function
    graph = None if executing_eagerly() or in_function else default_graph()
    return optimizer._get_non_slot_variable(name, graph=graph)


class AdamSettings(NamedTuple):
    """What an Adam optimizer computes with in this step."""

    learning_rate: Any
    beta1: Any
    beta2: Any
    epsilon: Any


def adam_settings(optimizer: Any) -> AdamSettings:
    """The settings of an Adam optimizer as tensors; it is preparing gradients or applying them."""
    return AdamSettings(optimizer._lr_t, optimizer._beta1_t, optimizer._beta2_t, optimizer._epsilon_t)


def adam_powers(optimizer: Any) -> tuple[Any, Any]:
    """The variables ``beta1_power`` and ``beta2_power`` of an Adam optimizer."""
    return optimizer._get_beta_accumulators()


def adagrad_rate(optimizer: Any) -> Any:
    """The learning rate of an Adagrad optimizer as a tensor; it is applying gradients."""
    return optimizer._learning_rate_tensor


def partitions_of(variable: Any) -> list[int]:
    """The number of shards of a PartitionedVariable along each axis."""
    return list(variable._get_partitions())


def save_slice_info(variable: Any) -> Any:
    """Which slice of a partitioned variable `variable` is (`full_name`, `var_offset`, ...), or None."""
    get = getattr(variable, "_get_save_slice_info", None)
    return None if get is None else get()


def partition_info(full_shape: Any, offset: Any) -> Any:
    """What an initializer is told about the slice it fills."""
    return _variable_scope._PartitionInfo(full_shape=full_shape, var_offset=offset)


def restart_random_kernels() -> None:
    """Let eager random operations with a seed begin their sequences again.

    Eagerly the kernel of ``tf.random_normal(seed=3)`` is kept, and goes on at the next call; in a TF1 graph
    each operation has its own.
    """
    _context.context().clear_kernel_cache()


class _SeedsByCount:
    """Stands for TensorFlow's record of how many random operations each graph has, which is their next seed."""

    def __init__(self, count: Callable[[Graph], int]) -> None:
        self._count = count

    def setdefault(self, graph: Graph, _default: int) -> int:
        return self._count(graph)

    def __getitem__(self, graph: Graph) -> int:
        return 0

    def __setitem__(self, graph: Graph, number: int) -> None:
        pass


def seed_random_operations_by(count: Callable[[Graph], int]) -> None:
    """Let random operations without a seed of their own have ``count(graph)``, where the graph has a seed."""
    _random_seed._graph_to_seed_dict = _SeedsByCount(count)


def when_iterator_is_made(callback: Callable[[], None]) -> None:
    """Call `callback` whenever the iterator of a dataset is made in a graph, to be initialized."""
    make = _dataset_ops.DatasetV1._make_initializable_iterator
    if hasattr(make, "__wrapped__"):
        return

    @functools.wraps(make)
    def make_and_tell(self: Any, shared_name: Any = None) -> Any:
        callback()
        return make(self, shared_name)

    _dataset_ops.DatasetV1._make_initializable_iterator = make_and_tell


def draw_uniformly_by(random_uniform: Callable[..., Tensor]) -> None:
    """Let TensorFlow's own initializers, distributions and augmentations call `random_uniform`."""
    _random_ops.random_uniform = random_uniform


def when_gradient_is_made(around: Callable[[Operation, tuple[Any, ...]], AbstractContextManager[None]]) -> None:
    """Make the derivative of each operation inside ``around(operation, derivatives of its outputs)``.

    Not that of operations whose derivative was replaced (`tf.custom_gradient`, `Graph.gradient_override_map`).
    """
    find = _ops.get_gradient_function

    def find_counted(operation: Operation) -> Any:
        function, own = find(operation), None
        with suppress(LookupError):
            own = _ops.gradient_registry.lookup(operation.type)
        if own is None or function is not own:
            return function

        def derive(operation: Operation, *gradients: Any) -> Any:
            with around(operation, gradients):
                return own(operation, *gradients)

        return derive

    _ops.get_gradient_function = find_counted


def is_in_loop(operation: Operation) -> bool:
    """Is `operation` in a loop that TF1 made, of operations such as Enter and NextIteration?"""
    context = operation._get_control_flow_context()
    return context is not None and context.GetWhileContext() is not None


def when_gradients_are_asked(around: Callable[[bool], AbstractContextManager[None]]) -> None:
    """Find derivatives inside ``around(gate_gradients)``; gates are operations that wait for all of them."""
    find = _gradients_util._GradientsHelper
    signature = inspect.signature(find)

    @functools.wraps(find)
    def find_and_tell(*args: Any, **kwargs: Any) -> Any:
        with around(bool(signature.bind(*args, **kwargs).arguments.get("gate_gradients"))):
            return find(*args, **kwargs)

    _gradients_util._GradientsHelper = find_and_tell


def number_of_operations(graph: Graph) -> int:
    """How many operations `graph` has."""
    return int(graph.version)


@contextmanager
def random_kernels_replaced(replacements: Mapping[str, Callable[..., Tensor]]) -> Iterator[None]:
    """Let random operations be made by `replacements`, which have the names and arguments of TensorFlow's kernels.

    All public random functions, initializers and dropout end there. Holds for the whole process meanwhile.
    """
    before = {name: getattr(_gen_random_ops, name) for name in replacements}
    for name, function in replacements.items():
        setattr(_gen_random_ops, name, function)
    try:
        yield
    finally:
        for name, function in before.items():
            setattr(_gen_random_ops, name, function)


# ------------------------------------------------------------ what TensorFlow has kept and not shown


def unique_id(variable: Any) -> str:
    """What `variable` and what its ``assign`` returned have in common; ends with a number that counts variables."""
    return str(variable._unique_id)


@contextmanager
def noting_variables(note: Callable[[Any], None]) -> Iterator[None]:
    """Call `note` with each resource variable that is read or assigned to meanwhile, before it is."""
    kinds = (_resource_variable_ops.BaseResourceVariable, _resource_variable_ops.ResourceVariable)
    names = ("assign", "assign_add", "assign_sub")
    assigning = [(kind, name, vars(kind)[name]) for kind in kinds for name in names if name in vars(kind)]
    reading = _resource_variable_ops.variable_accessed

    def noted(method: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(method)
        def assign(variable: Any, *args: Any, **kwargs: Any) -> Any:
            note(variable)
            return method(variable, *args, **kwargs)

        return assign

    def variable_accessed(variable: Any) -> None:
        note(variable)
        reading(variable)

    _resource_variable_ops.variable_accessed = variable_accessed
    for kind, name, method in assigning:
        setattr(kind, name, noted(method))
    try:
        yield
    finally:
        _resource_variable_ops.variable_accessed = reading
        for kind, name, method in assigning:
            setattr(kind, name, method)


def lookup_tables() -> Any:
    """The module with the functions that make tables of ``tf.contrib.lookup``: TensorFlow kept them for its columns."""
    from tensorflow.python.ops import lookup_ops  # deferred: only tf.contrib.lookup needs it

    return lookup_ops


def first_writers_summaries() -> Any:
    """The module with what was ``tf.contrib.summary`` in TF1: TensorFlow kept it for its own TPU code."""
    from tensorflow.python.ops import summary_ops_v2  # deferred: only tf.contrib.summary needs it

    return summary_ops_v2


def first_writers_record() -> Tensor:
    """Does ``tf.contrib.summary`` record now? Unlike TensorFlow 2, it doesn't unless it is told to."""
    return first_writers_summaries()._legacy_contrib_should_record_summaries()


def chrome_trace(run_metadata: Any) -> str:
    """What a session's step took, as JSON that Chrome shows at chrome://tracing."""
    from tensorflow.python.client import timeline  # deferred: only traces need it

    return str(timeline.Timeline(run_metadata.step_stats).generate_chrome_trace_format())


BoundedTensorSpec = _tensor.BoundedTensorSpec
convolutional_delta_orthogonal = _init_ops.ConvolutionDeltaOrthogonal
convolutional_orthogonal_1d = _init_ops.ConvolutionOrthogonal1D
convolutional_orthogonal_2d = _init_ops.ConvolutionOrthogonal2D
convolutional_orthogonal_3d = _init_ops.ConvolutionOrthogonal3D


class TrackedWhenAsked(tf.Module):
    """A module that says what of it a checkpoint holds when one is written or read, and not at each assignment."""

    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__

    def tracked(self) -> dict[str, Any]:
        """Variables and other trackable objects, by their names in the checkpoint."""
        raise NotImplementedError

    def as_trackable(self, name: str, thing: Any) -> Any:
        """`thing` if a checkpoint can hold it; a list or dictionary as TensorFlow wraps it; else None."""
        if not isinstance(thing, list | tuple | dict):
            return thing if isinstance(thing, tf.__internal__.tracking.Trackable) else None
        parts = tf.nest.flatten(thing)
        if not any(isinstance(part, tf.__internal__.tracking.Trackable) for part in parts):
            return None
        kept: dict[str, Any] = self.__dict__.setdefault("_wrapped", {})  # an object has to be the same each time
        before = kept.get(name)
        if before is None or [id(part) for part in before[0]] != [id(part) for part in parts]:
            kept[name] = before = (
                parts,
                _data_structures.wrap_or_unwrap(tf.nest.map_structure(lambda part: part, thing)),
            )
        return before[1]

    def restore_if_waiting(self, name: str, variable: Any) -> None:
        """Give `variable`, which is new, the value that a checkpoint read before it was made has for it."""
        if getattr(self, "_self_unconditional_deferred_dependencies", None):
            self._handle_deferred_dependencies(name, variable)

    def _trackable_children(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        children: dict[str, Any] = super()._trackable_children(*args, **kwargs)
        return {**self.tracked(), **children}

    def _lookup_dependency(self, name: str, *args: Any, **kwargs: Any) -> Any:
        found = self.tracked().get(name)
        return super()._lookup_dependency(name, *args, **kwargs) if found is None else found


def has_strategy() -> bool:
    """As ``tf.distribute.has_strategy``; without its detours where nobody has ever entered one."""
    if not getattr(default_graph()._thread_local, "_distribution_strategy_stack", None):
        return False
    return bool(tf.distribute.has_strategy())


def replica_number(context: Any) -> int:
    """Which of the replicas runs in `context` (``tf.distribute.get_replica_context()``)."""
    number = context.replica_id_in_sync_group
    return int(tf.get_static_value(number) or 0) if tf.is_tensor(number) else int(number)


_partitioner_lock = threading.RLock()


def partitioner_of(strategy: tf.distribute.Strategy) -> Callable[..., Sequence[int]] | None:
    """The ``variable_partitioner`` that a ParameterServerStrategy was given."""
    with _partitioner_lock:
        return getattr(strategy.extended, "_variable_partitioner", None)


@contextmanager
def without_partitioner(strategy: tf.distribute.Strategy) -> Iterator[None]:
    """Let `strategy` make variables whole, whatever partitioner it was given."""
    extended = strategy.extended
    if not hasattr(extended, "_variable_partitioner"):
        yield
        return
    with _partitioner_lock:
        given, extended._variable_partitioner = extended._variable_partitioner, None
        try:
            yield
        finally:
            extended._variable_partitioner = given


# ---------------------------------------------------------------------------------------- lifting


class CannotLiftError(Exception):
    """A traced tensor depends on something that has no value outside the trace."""


def lift_to_eager(tensor: Tensor) -> Tensor:
    """The value of the traced `tensor`, computed now, outside the trace.

    Raises:
        CannotLiftError: it depends on an argument of the function being traced.
    """
    graph = tensor.graph
    known = [inner for outer, inner in graph.captures if isinstance(outer, _ops.EagerTensor)]

    @tf.function(autograph=False)
    def compute() -> Tensor:
        lifted = tf.__internal__.lift_to_graph([tensor], _ops.get_default_graph(), sources=known, handle_captures=True)
        return lifted[tensor]

    try:
        with tf.init_scope():
            return compute()
    except Exception as error:
        if type(error).__name__ == "UnliftableError":
            raise CannotLiftError(str(error)) from error
        raise


# ------------------------------------------------------------------------------------- AutoGraph


def keep_from_autograph(module_name: str) -> None:
    """Mark every function and method that a module of ours defines as not to be converted.

    ``tf.function`` would otherwise rewrite our own code each time it traces: slow, and the regularizer
    or getter that we call is TF1 code, which never saw AutoGraph. TensorFlow leaves alone what bears
    this attribute (it sets it on its own wrappers).
    """
    module = sys.modules[module_name]
    for value in list(vars(module).values()):
        if getattr(value, "__module__", None) != module_name:
            continue
        if inspect.isfunction(value):
            _mark(value)
        elif inspect.isclass(value):
            _mark(value)
            for member in vars(value).values():
                member = getattr(member, "__func__", member)
                if inspect.isfunction(member):
                    _mark(member)


def _mark(entity: Any) -> None:
    entity.autograph_info__ = None


def is_made_by_autograph(filename: str) -> bool:
    """Is the file what AutoGraph made of a function?"""
    return "__autograph_generated_file" in filename


def line_before_autograph(filename: str, line: int) -> tuple[str, int, str] | None:
    """File, line and function that AutoGraph made this line of a converted function from, if it is known."""
    mapper = _tf_stack._source_mapper_stacks[threading.get_ident()][-1]
    origins = mapper.get_effective_source_map()
    # A statement of several lines is known by its first.
    return next((origins[filename, n] for n in range(line, max(0, line - 20), -1) if (filename, n) in origins), None)


def convert_like_caller(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` as AutoGraph would call it from here: converted inside a converted function."""
    autograph = tf.__internal__.autograph
    status = autograph.control_status_ctx()
    if status.status.name != "ENABLED":
        return function
    return autograph.tf_convert(function, status)


def convert_for_graph(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` as TF1's layers called their `call`: converted wherever a graph is built, unless AutoGraph is off."""
    if executing_eagerly() or hasattr(function, "autograph_info__") or not inspect.ismethod(function):
        return function
    autograph = tf.__internal__.autograph
    return autograph.tf_convert(function, autograph.control_status_ctx())


# ---------------------------------------------------------------------------- for tf1compat_wd.python


#: The package of TensorFlow's own files.
INTERNAL = "tensorflow.python"

#: Files that TensorFlow moved, or that were parts of others.
_MOVED_FILES = {
    "distribute.distribution_strategy_context": "distribute.distribute_lib",
    "estimator.util": "util.function_utils",
    "framework.tensor_like": "types.core",
    "ops.losses.loss_reduction": "ops.losses.losses_impl",
    "ops.rnn_cell_wrapper_impl": "ops.rnn_cell_impl",
    "training.distribute": "distribute.distribute_lib",
    "training.distribution_strategy_context": "distribute.distribute_lib",
    "training.gen_training_ops": "ops.gen_training_ops",
    "training.tracking.base": "trackable.base",
    "training.tracking.data_structures": "trackable.data_structures",
    "training.tracking.tracking": "trackable.autotrackable",
    "training.tracking.util": "checkpoint.checkpoint",
    "training.training_ops": "ops.gen_training_ops",
}

#: Files to which TensorFlow moved names that were never public.
_MOVED = {
    "framework.constant_op": ("framework.constant_tensor_conversion",),
    "framework.ops": ("framework.tensor", "framework.tensor_conversion", "framework.stack", "framework.indexed_slices"),
    "framework.sparse_tensor": ("framework.tensor",),
    "framework.tensor_util": ("ops.shape_util", "framework.tensor"),
    "ops.array_ops": ("ops.array_ops_stack", "ops.tensor_getitem_override"),
    "ops.control_flow_ops": (
        "ops.cond", "ops.while_loop", "ops.control_flow_assert", "ops.control_flow_case",
        "ops.control_flow_switch_case", "ops.control_flow_util",
    ),
    "ops.data_flow_ops": ("ops.gen_data_flow_ops",),
    "ops.gradients_impl": ("ops.gradients_util", "eager.backprop_util"),
    "ops.gradients_util": ("eager.backprop_util",),
    "ops.math_ops": ("ops.tensor_math_operator_overrides",),
    "ops.nn_grad": ("ops.nn_fused_batch_norm_grad",),
    "ops.nn_ops": ("ops.gen_nn_ops",),
    "ops.resource_variable_ops": ("ops.ref_variable",),
    "ops.variable_scope": ("ops.ref_variable", "ops.resource_variable_ops"),
    "ops.variables": ("ops.ref_variable", "ops.variable_v1"),
    "pywrap_tensorflow": ("client._pywrap_events_writer", "training.py_checkpoint_reader", "client.pywrap_tf_session"),
    "saved_model.utils_impl": ("saved_model.path_helpers",),
    "training.saver": ("training.saving.saveable_object_util", "training.checkpoint_management"),
}  # fmt: skip


def add_saving_listeners(saver_hook: Any, listeners: Iterable[Any]) -> None:
    """Let `saver_hook`, a ``tf.train.CheckpointSaverHook`` that somebody else made, tell `listeners` too."""
    saver_hook._listeners.extend(listeners)


def internal_module(path: str) -> ModuleType | None:
    """The file of this path below `INTERNAL`, imported, also where TensorFlow has moved it; None if it is no more."""
    try:
        return importlib.import_module(f"{INTERNAL}.{_MOVED_FILES.get(path, path)}")
    except ModuleNotFoundError:  # or one that needs the old Keras, which isn't installed
        return None


def internal_value(path: str, name: str) -> Any:
    """What `name` stands for in the file of this path.

    Raises:
        AttributeError: there is no such name, or no such file, or one that needs the old Keras.
    """
    try:
        return getattr(internal_module(path), name)
    except ImportError as error:
        raise AttributeError(str(error)) from error


def moved_internal_value(path: str, name: str) -> Any:
    """What `name` stands for in the files to which TensorFlow moved names from the file of this path.

    Raises:
        AttributeError: there is no such name in any of them.
    """
    for place in _MOVED.get(path, ()):
        with suppress(AttributeError):
            return internal_value(place, name)
    raise AttributeError(name)


def internal_path(module: ModuleType) -> str | None:
    """The path below `INTERNAL` of a file of TensorFlow's, but for its Keras; None for any other module."""
    path = module.__name__.removeprefix(f"{INTERNAL}.")
    return None if path == module.__name__ or "keras" in path.split(".") else path


# ---------------------------------------------------------------------------- leaving the trace


@contextmanager
def in_graph(graph: Graph, eager: bool) -> Iterator[None]:
    """Run a block in `graph` (or eagerly) from within a graph nested in it, tapes left running.

    ``tf.init_scope`` would pause gradient tapes, and what a regularizer computes must be differentiated.
    """
    if eager:
        with _context.eager_mode():
            yield
    elif graph is _ops.get_default_graph() and not executing_eagerly():  # init_scope is eager in the same graph
        with graph.control_dependencies(None):
            yield
    else:
        with graph.as_default(), graph.control_dependencies(None):
            yield


keep_from_autograph(__name__)
