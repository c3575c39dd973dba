"""What a model function gives for serving: plain records of named tensors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Tensor = Any


class ExportOutput:
    """One output of a served model (``tf.estimator.export.ExportOutput``)."""


class ClassificationOutput(ExportOutput):
    """Scores, classes or both (``tf.estimator.export.ClassificationOutput``).

    Args:
        scores: floating tensor, a score for each example and class.
        classes: tensor of strings.

    Raises:
        ValueError: neither is given, or it isn't such a tensor.
    """

    def __init__(self, scores: Tensor | None = None, classes: Tensor | None = None) -> None:
        if scores is not None and not (tf.is_tensor(scores) and scores.dtype.is_floating):
            raise ValueError(f"Classification scores must be a float32 Tensor; got {scores}")
        if classes is not None and not (tf.is_tensor(classes) and classes.dtype == tf.string):
            raise ValueError(f"Classification classes must be a string Tensor; got {classes}")
        if scores is None and classes is None:
            raise ValueError("At least one of scores and classes must be set.")
        self.scores = scores
        self.classes = classes


class RegressionOutput(ExportOutput):
    """A number for each example (``tf.estimator.export.RegressionOutput``).

    Raises:
        ValueError: `value` isn't a floating tensor.
    """

    def __init__(self, value: Tensor) -> None:
        if not (tf.is_tensor(value) and value.dtype.is_floating):
            raise ValueError(f"Regression output value must be a float32 Tensor; got {value}")
        self.value = value


class PredictOutput(ExportOutput):
    """Tensors by name (``tf.estimator.export.PredictOutput``); one tensor alone is called ``output``.

    Raises:
        ValueError: a name isn't text, or what it names isn't a tensor.
    """

    def __init__(self, outputs: Any) -> None:
        named = dict(outputs) if isinstance(outputs, Mapping) else {"output": outputs}
        for name, value in named.items():
            if not isinstance(name, str):
                raise ValueError(f"Prediction output key must be a string; got {name}.")
            if not tf.is_tensor(value):
                raise ValueError(f"Prediction output value must be a Tensor; got {value}.")
        self.outputs = named


hooks.keep_from_autograph(__name__)
