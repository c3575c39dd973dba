"""How many operations TF 1.15 made for the derivative of an operation, where today's TensorFlow makes another number.

TF 1.15 wrote the sums over broadcast axes into the graph nearly always; today's TensorFlow sees from the shapes that
there is nothing to sum. The numbers were counted on TF 1.15.5, by deriving each operation with known and with unknown
shapes (legacy program `seeded_gradients`). What isn't here is as it was, or has been counted by nobody.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any
Operation = Any
Shape = tuple[int | None, ...] | None
Gradients = tuple[Any, ...]


class _Graph:
    """What TF 1.15 kept of a graph, so as not to make the same constants again."""

    def __init__(self) -> None:
        self.broadcasts: set[tuple[Shape, Shape]] = set()
        self.reductions: set[tuple[Shape, tuple[int, ...]]] = set()


_graphs: weakref.WeakKeyDictionary[Any, _Graph] = weakref.WeakKeyDictionary()


def is_known(operation: Operation) -> bool:
    """Can `number` be asked for the operations of this type?"""
    return operation.type in _ALWAYS or operation.type in _BY_SHAPE


def number(operation: Operation, gradients: Gradients, made: Sequence[Operation] | None = None) -> int | None:
    """How many operations TF 1.15 made for the derivative of `operation`, given those of its outputs.

    Args:
        operation: what is derived.
        gradients: the derivatives of its outputs.
        made: what was made today, if `operation` is in a loop or a branch.

    Returns:
        The number, or None if it is the number that TensorFlow makes today, or unknown.
    """
    if any(tensor.dtype.is_complex for tensor in operation.inputs) and operation.type != "Complex":
        return None  # conjugates have their operations
    counted = _BY_SHAPE.get(operation.type)
    total = _ALWAYS.get(operation.type) if counted is None else counted(operation, gradients)
    if total is None or made is None:
        return total
    copied = (
        sum(tensor.op.type == "Const" for tensor in operation.inputs[1:]) if operation.type == "StridedSlice" else 0
    )
    return total + _STACKED * _shapes_on_stacks(operation, gradients) + _carried(made) + copied


def more(operation: Operation, in_loop: bool, has_gates: bool) -> int:
    """How many operations more than today TF 1.15 made, for types that `number` doesn't know.

    With gates, as optimizers have them, each derivative that isn't None has one.
    """
    if operation.type in _WITH_BARRIER:
        return -2 - (_STACKED if in_loop else 0)
    if operation.type == "MatMul" and operation.name.endswith("Tensordot/MatMul"):
        return _more_for_tensordot(operation)
    if operation.type == "FusedBatchNormV3" and has_gates and operation.get_attr("is_training"):
        return 2  # derivatives by the moving averages, which are 0
    return 0


def _more_for_tensordot(product: Operation) -> int:
    """A dense layer on sequences: TF 1.15 had transposed and reshaped the kernel, and the inputs, too."""
    rows = product.inputs[0].op
    if rows.type != "Reshape" or not _known(_shape(rows.inputs[0])):
        return 4
    is_fed = rows.inputs[0].op.type in ("Placeholder", "Const", "IteratorGetNext")  # they have no derivative
    return 4 if is_fed else 6


# Today the derivative of what is written to a TensorArray waits until it has been written.
_WITH_BARRIER = frozenset(("TensorArrayScatterV3", "TensorArraySplitV3", "TensorArrayWriteV3"))

# What a loop hands to its derivative is put on a stack, which takes that many operations.
_STACKED = 6


def _shapes_on_stacks(operation: Operation, gradients: Gradients) -> int:
    unknown = sum(not _known(_shape(tensor)) for tensor in operation.inputs[: _SHAPES_OF.get(operation.type, 2)])
    if operation.type in _ALWAYS or operation.type not in _BROADCASTING:
        return unknown
    return 2 if unknown else 0


def _carried(made: Sequence[Operation]) -> int:
    """The operations that bring values other than shapes into the derivative of a loop or branch."""
    carried = 0
    for operation in made:
        if operation.type == "StackPushV2":
            carried += _STACKED * (operation.inputs[1].op.type not in ("Shape", "Size", "Rank"))
        elif operation.type == "Enter":
            carried += operation.inputs[0].op.type not in ("StackV2", "TensorArrayGradV3")
        else:
            carried += operation.type in ("ControlTrigger", "Switch")
    return carried


# Elementwise operations with two inputs sum over what was broadcast, with 7 operations included here.
_ALWAYS = {
    "Atan2": 7,
    "BroadcastTo": 4,
    "Complex": 9,
    "Conv3D": 4,
    "Div": 12,
    "ExtractImagePatches": 97,
    "FloorMod": 10,
    "LeakyReluGrad": 4,
    "MatrixTriangularSolve": 6,
    "Max": 19,
    "Maximum": 13,
    "MaxPool3DGrad": 7,
    "MaxPoolGrad": 7,
    "Min": 19,
    "Minimum": 13,
    "Prod": 49,
    "RealDiv": 12,
    "Relu6Grad": 4,
    "ReluGrad": 4,
    "SelectV2": 12,
    "Sign": 3,
    "SparseSegmentSum": 8,
    "SparseSoftmaxCrossEntropyWithLogits": 4,
    "SparseTensorDenseMatMul": 16,
    "StridedSlice": 2,
    "UnsortedSegmentMax": 25,
    "UnsortedSegmentMin": 25,
    "UnsortedSegmentProd": 34,
    "UnsortedSegmentSum": 14,
}


def _shape(tensor: Tensor) -> Shape:
    return None if tensor.shape.rank is None else tuple(tensor.shape.as_list())


def _known(shape: Shape) -> bool:
    return shape is not None and None not in shape


def _broadcast(operation: Operation, gradients: Gradients) -> int:
    """The operations that sum over the broadcast axes of both inputs."""
    x, y = _shape(operation.inputs[0]), _shape(operation.inputs[1])
    if not (_known(x) and _known(y) and tf.is_tensor(gradients[0])):
        return 7
    cached = _cache(operation).broadcasts
    made = 0 if (x, y) in cached else 3
    cached.add((x, y))
    gradient = _shape(gradients[0])
    return made + (4 if x != gradient else 0) + (4 if y != gradient else 0)


def _cache(operation: Operation) -> _Graph:
    return _graphs.setdefault(operation.graph, _Graph())


def _all_equal(operation: Operation, gradients: Gradients) -> bool:
    x, y = _shape(operation.inputs[0]), _shape(operation.inputs[1])
    return _known(x) and x == y and tf.is_tensor(gradients[0]) and x == _shape(gradients[0])


def _elementwise(if_equal: int, otherwise: int) -> Callable[[Operation, Gradients], int]:
    """Counts where equal shapes are seen, and so much more than the sums where they aren't equal."""
    return lambda operation, gradients: (
        if_equal if _all_equal(operation, gradients) else otherwise + _broadcast(operation, gradients)
    )


def _power(operation: Operation, gradients: Gradients) -> int:
    return 16 + _broadcast(operation, gradients)


def _sum(operation: Operation, gradients: Gradients) -> int:
    shape = _shape(operation.inputs[0])
    axes = tf.get_static_value(operation.inputs[1])
    if shape is None or axes is None:
        return 16
    axes = tuple(axes.reshape([-1]).tolist())
    if axes == tuple(range(len(shape))):
        return 4
    if not _known(shape):
        return 16
    cached = _cache(operation).reductions
    made = 4 if (shape, axes) in cached else 21
    cached.add((shape, axes))
    return made


def _mean(operation: Operation, gradients: Gradients) -> int:
    known = _known(_shape(operation.inputs[0])) and _known(_shape(operation.outputs[0]))
    return _sum(operation, gradients) + (2 if known else 11)


def _safe_ratio(operation: Operation, gradients: Gradients) -> int:
    if not operation.name.endswith("/value"):
        return 12
    # A loss, divided by the number of its elements: TF 1.15 summed ones for that, and derived the sum, too.
    divisor = operation.inputs[1].op
    if divisor.type != "Sum":
        return 16
    elements = divisor.inputs[0].op
    if elements.type != "Mul" or elements.inputs[0].op.type != "Cast":
        return 12  # a loss of tf.contrib.losses
    return 16 if _known(_shape(divisor.inputs[0])) else 3


def _matrix_product(operation: Operation, gradients: Gradients) -> int:
    x, y = _shape(operation.inputs[0]), _shape(operation.inputs[1])
    return 2 if _known(x) and x == y else 17


def _gather(operation: Operation, gradients: Gradients) -> int | None:
    axis = tf.get_static_value(operation.inputs[2])
    return None if axis is None else 13 if axis == 0 else 55


_BY_SHAPE: dict[str, Callable[[Operation, Gradients], int | None]] = {
    "Add": _elementwise(0, 0),
    "AddV2": _elementwise(0, 0),
    "BatchMatMulV2": _matrix_product,
    "DivNoNan": _safe_ratio,
    "GatherV2": _gather,
    "Mean": _mean,
    "Mul": _elementwise(2, 2),
    "MulNoNan": _elementwise(2, 2),
    "Pow": _power,
    "SquaredDifference": _elementwise(5, 5),
    "Sub": _elementwise(1, 1),
    "Sum": _sum,
}

_BROADCASTING = frozenset(("Add", "AddV2", "Mul", "MulNoNan", "Pow", "SquaredDifference", "Sub"))

# Of how many inputs the derivative asks for the shape, where it isn't two.
_SHAPES_OF = {"Max": 1, "Mean": 1, "Min": 1, "Prod": 1, "StridedSlice": 1, "Sum": 1}

hooks.keep_from_autograph(__name__)
