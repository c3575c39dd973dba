"""How many operations more TF 1.15 made in functions that are TensorFlow's own, passed on as they are.

Counted on TF 1.15.5, by calling each function there and here. A number is negative where TF 1.15 made fewer.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import op_counts
from tf1compat_wd._core import tensorflow_hooks as hooks


def counted(path: str, function: Any) -> Any:
    """The function of TF1's name `path` (``nn.relu``), so that it notes how many operations it made in TF 1.15.

    Without `op_counts.start`, and for functions that make as many as in TF 1.15, `function` itself.
    """
    difference = _MORE.get(path)
    if difference is None or not op_counts.is_counting():
        return function

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        op_counts.more(difference(*args, **kwargs) if callable(difference) else difference)
        return result

    return call


def _split(value: Any = None, num_or_size_splits: Any = None, *_: Any, **__: Any) -> int:
    return 1 if isinstance(num_or_size_splits, int) else 0  # the number of parts was a constant of the graph


def _reduction(
    input_tensor: Any = None,
    axis: Any = None,
    keepdims: Any = None,
    name: Any = None,
    reduction_indices: Any = None,
    **_: Any,
) -> int:
    """TF 1.15 counted the axes of a variable in the graph."""
    return 3 if isinstance(input_tensor, tf.Variable) and axis is None and reduction_indices is None else 0


_REDUCTIONS = ("reduce_max", "reduce_mean", "reduce_min", "reduce_prod", "reduce_sum")

_Difference = int | Callable[..., int]
_SAME: dict[str, _Difference] = {
    "confusion_matrix": 2,
    "eye": -4,
    "image.crop_to_bounding_box": -12,
    "image.per_image_standardization": 1,
    "image.resize_image_with_crop_or_pad": -12,
    "image.rgb_to_grayscale": 4,
    "linalg.logdet": -2,
    "linspace": -70,
    "matrix_diag": -4,
    "matrix_diag_part": -2,
    "matrix_set_diag": -1,
    "meshgrid": 3,
    "nn.embedding_lookup_sparse": 5,
    "nn.sufficient_statistics": -1,
    "nn.swish": -2,
    "nn.weighted_moments": 1,
    "parse_example": -2,
    "parse_single_example": -4,
    "parse_single_sequence_example": -4,
    "random_gamma": -2,
    "repeat": -8,
    "saturate_cast": 1,
    "split": _split,
    "trace": -2,
    "unsorted_segment_mean": -11,
}

# By all the names that they have.
_OTHER_NAMES = {
    "confusion_matrix": "math.confusion_matrix",
    "eye": "linalg.eye",
    "image.resize_image_with_crop_or_pad": "image.resize_with_crop_or_pad",
    "image.crop_to_bounding_box": "image.crop_to_bounding_box",
    "linspace": "lin_space",
    "matrix_diag": "linalg.diag",
    "matrix_diag_part": "linalg.diag_part",
    "matrix_set_diag": "linalg.set_diag",
    "parse_example": "io.parse_example",
    "parse_single_example": "io.parse_single_example",
    "parse_single_sequence_example": "io.parse_single_sequence_example",
    "random_gamma": "random.gamma",
    "saturate_cast": "dtypes.saturate_cast",
    "split": "split",
    "trace": "linalg.trace",
    "unsorted_segment_mean": "math.unsorted_segment_mean",
}
_MORE: dict[str, _Difference] = {
    **_SAME,
    **{other: _SAME[name] for name, other in _OTHER_NAMES.items()},
    **{f"{module}{name}": _reduction for name in _REDUCTIONS for module in ("", "math.")},
}

hooks.keep_from_autograph(__name__)
