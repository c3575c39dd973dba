"""What a layer accepts: ``InputSpec``, and the check of a call's inputs against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks


class InputSpec:
    """The dtype, rank and shape that a layer wants of an input (``tf.layers.InputSpec``).

    Every argument that is None is not checked.

    Args:
        dtype: of the input.
        shape: the whole shape; its Nones match any size. It decides `ndim`.
        ndim: the rank.
        max_ndim, min_ndim: bounds of the rank.
        axes: mapping of axis to the size that it must have.

    >>> tf.layers.InputSpec(min_ndim=2, axes={-1: 4})
    InputSpec(min_ndim=2, axes={-1: 4})
    """

    __slots__ = ("axes", "dtype", "max_ndim", "min_ndim", "ndim", "shape")

    def __init__(
        self,
        dtype: Any = None,
        shape: Any = None,
        ndim: int | None = None,
        max_ndim: int | None = None,
        min_ndim: int | None = None,
        axes: Mapping[int, int] | None = None,
    ) -> None:
        self.dtype = None if dtype is None else tf.as_dtype(dtype).name
        self.shape = shape
        self.ndim = ndim if shape is None else len(shape)
        self.max_ndim = max_ndim
        self.min_ndim = min_ndim
        try:
            self.axes = {int(axis): size for axis, size in (axes or {}).items()}
        except (AttributeError, TypeError, ValueError):
            raise TypeError("The keys in axes must be integers.") from None
        rank = self.ndim or self.max_ndim
        if self.axes and rank and max(self.axes) >= rank:
            raise ValueError(f"Axis {max(self.axes)} is greater than the maximum allowed value: {rank - 1}")

    def __repr__(self) -> str:
        shown = {
            "dtype": self.dtype, "shape": self.shape, "ndim": self.ndim, "max_ndim": self.max_ndim,
            "min_ndim": self.min_ndim, "axes": self.axes,
        }  # fmt: skip
        return f"InputSpec({', '.join(f'{key}={value}' for key, value in shown.items() if value)})"

    def get_config(self) -> dict[str, Any]:
        """The arguments that make such a spec again."""
        return {field: getattr(self, field) for field in ("dtype", "shape", "ndim", "max_ndim", "min_ndim", "axes")}


def check_inputs(spec: InputSpec | Sequence[InputSpec | None] | None, inputs: Any, layer_name: str) -> None:
    """Raise TF1's ValueError if `inputs` are not what `spec` says."""
    if not spec:
        return
    specs: Sequence[InputSpec | None] = spec if isinstance(spec, list | tuple) else [spec]  # type: ignore[list-item]
    tensors = [inputs] if tf.is_tensor(inputs) else tf.nest.flatten(inputs)
    if len(tensors) != len(specs):
        raise ValueError(
            f"Layer {layer_name} expects {len(specs)} inputs, but it received {len(tensors)} input tensors. "
            f"Inputs received: {list(tensors)}"
        )
    for position, (tensor, each) in enumerate(zip(tensors, specs, strict=True)):
        if each is not None:
            where = f"Input {position} of layer {layer_name} is incompatible with the layer:"
            _check_one(each, tensor, where, layer_name, position)


def _check_one(spec: InputSpec, tensor: Any, where: str, layer_name: str, position: int) -> None:
    shape = tensor.shape
    if shape.__class__ is not tf.TensorShape:
        shape = tf.TensorShape(shape)
    rank = shape.rank
    if rank is None:
        if spec.ndim is not None or spec.max_ndim is not None or spec.min_ndim is not None:
            raise ValueError(f"{where} its rank is undefined, but the layer requires a defined rank.")
        if spec.axes:
            raise ValueError("as_list() is not defined on an unknown TensorShape.")
        return
    sizes = shape.as_list()
    if spec.ndim is not None and rank != spec.ndim:
        raise ValueError(f"{where} expected ndim={spec.ndim}, found ndim={rank}. Full shape received: {sizes}")
    if spec.max_ndim is not None and rank > spec.max_ndim:
        raise ValueError(f"{where} expected max_ndim={spec.max_ndim}, found ndim={rank}")
    if spec.min_ndim is not None and rank < spec.min_ndim:
        raise ValueError(
            f"{where} : expected min_ndim={spec.min_ndim}, found ndim={rank}. Full shape received: {sizes}"
        )
    if spec.dtype is not None and tensor.dtype != spec.dtype:
        raise ValueError(f"{where} expected dtype={spec.dtype}, found dtype={tensor.dtype}")
    for axis, size in spec.axes.items():
        if size is not None and sizes[axis] not in (size, None):
            raise ValueError(
                f"{where} expected axis {axis} of input shape to have value {size} "
                f"but received input with shape {sizes}"
            )
    if spec.shape is not None:
        wanted = tf.TensorShape(spec.shape).as_list()
        if any(a is not None and b is not None and a != b for a, b in zip(wanted, sizes, strict=True)):
            raise ValueError(
                f"Input {position} is incompatible with layer {layer_name}: expected shape={spec.shape}, "
                f"found shape={sizes}"
            )


hooks.keep_from_autograph(__name__)
