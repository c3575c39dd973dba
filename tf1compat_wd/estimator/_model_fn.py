"""What a model function is asked for, and what it gives back, as plain records."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import train
from tf1compat_wd._core import modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.estimator._export_outputs import ExportOutput, PredictOutput

Tensor = Any

_v1 = tf.compat.v1


class ModeKeys:
    """What a model function is called for (``tf.estimator.ModeKeys``).

    >>> tf.estimator.ModeKeys.TRAIN, tf.estimator.ModeKeys.EVAL, tf.estimator.ModeKeys.PREDICT
    ('train', 'eval', 'infer')
    """

    TRAIN = "train"
    EVAL = "eval"
    PREDICT = "infer"


_FIELDS = (
    "mode predictions loss train_op eval_metric_ops export_outputs training_chief_hooks training_hooks scaffold "
    "evaluation_hooks prediction_hooks"
)


class EstimatorSpec(namedtuple("EstimatorSpec", _FIELDS)):
    """What a model function returns (``tf.estimator.EstimatorSpec``): a named tuple, checked when it is made.

    There is no Estimator here to take it. A training loop of one's own can: it calls the model function and uses
    `loss`, `train_op`, `predictions` and `eval_metric_ops`.

    Args:
        mode: one of `ModeKeys`. TRAIN needs `loss` and `train_op`, EVAL `loss`, PREDICT `predictions`. In eager mode,
            where training has happened when `minimize` returns None, TRAIN needs no `train_op`.
        predictions: a tensor or a dict of tensors.
        loss: scalar tensor; one element in another shape is made a scalar.
        train_op: operation or tensor.
        eval_metric_ops: dict from names to pairs as `tf.metrics` gives them.
        export_outputs: dict of `tf.estimator.export.ExportOutput`. Default, in mode PREDICT: the predictions.
        training_chief_hooks, training_hooks, evaluation_hooks, prediction_hooks: iterables of
            `tf.train.SessionRunHook`.
        scaffold: a `tf.train.Scaffold`.

    Raises:
        ValueError: something is missing, the loss isn't a scalar, or a tensor belongs to another graph.
        TypeError: something is of another kind.

    Source: facts of the topic estimator.

    >>> spec = tf.estimator.EstimatorSpec(tf.estimator.ModeKeys.PREDICT, predictions={"p": tf.constant(0.5)})
    >>> spec.mode, float(spec.predictions["p"]), sorted(spec.export_outputs)
    ('infer', 0.5, ['serving_default'])
    """

    __slots__ = ()

    def __new__(
        cls,
        mode: str,
        predictions: Any = None,
        loss: Any = None,
        train_op: Any = None,
        eval_metric_ops: Mapping[str, Any] | None = None,
        export_outputs: Mapping[str, Any] | None = None,
        training_chief_hooks: Sequence[Any] | None = None,
        training_hooks: Sequence[Any] | None = None,
        scaffold: Any = None,
        evaluation_hooks: Sequence[Any] | None = None,
        prediction_hooks: Sequence[Any] | None = None,
    ) -> EstimatorSpec:
        return super().__new__(
            cls,
            mode,
            _checked_predictions(predictions, mode),
            _checked_loss(loss, mode),
            _checked_train_op(train_op, mode),
            _checked_metrics(eval_metric_ops),
            _checked_outputs(export_outputs, predictions, mode),
            _checked_hooks(training_chief_hooks),
            _checked_hooks(training_hooks),
            _checked_scaffold(scaffold),
            _checked_hooks(evaluation_hooks),
            _checked_hooks(prediction_hooks),
        )

    def _replace(self, **kwargs: Any) -> EstimatorSpec:
        """A copy with other fields, checked again; the mode stays."""
        if kwargs.get("mode", self.mode) != self.mode:
            raise ValueError("mode of EstimatorSpec cannot be changed.")
        return type(self)(**{**self._asdict(), **kwargs})


def _checked_predictions(predictions: Any, mode: str) -> Any:
    if predictions is None:
        if mode == ModeKeys.PREDICT:
            raise ValueError("Missing predictions.")
        return {}
    if isinstance(predictions, dict):
        for key, value in predictions.items():
            _check_tensor(value, f"predictions[{key}]")
            _check_graph(value, f'prediction values with "{key}: {getattr(value, "name", "")}"')
        return predictions
    _check_tensor(predictions, "predictions")
    _check_graph(predictions, f'prediction values with "{getattr(predictions, "name", "")}"')
    return predictions


def _checked_loss(loss: Any, mode: str) -> Any:
    if loss is None:
        if mode in (ModeKeys.TRAIN, ModeKeys.EVAL):
            raise ValueError("Missing loss.")
        return None
    _check_tensor(loss, "loss")
    if not loss.shape.is_compatible_with([]) and not loss.shape.is_compatible_with([1]):
        raise ValueError(f"Loss must be scalar, given: {loss}")
    _check_graph(loss, f'loss with "{getattr(loss, "name", "")}"')
    return loss if loss.shape.is_compatible_with([]) else tf.reshape(loss, [])


def _checked_train_op(train_op: Any, mode: str) -> Any:
    if train_op is None:
        if mode == ModeKeys.TRAIN and modes.current_mode() != modes.EAGER:
            raise ValueError("Missing train_op.")
        return None
    if not isinstance(train_op, (tf.Operation, tf.Variable)) and not tf.is_tensor(train_op):
        raise TypeError(f"train_op must be Operation or Tensor, given: {train_op}")
    _check_graph(train_op, f'train_op with "{getattr(train_op, "name", "")}"')
    return train_op


def _checked_metrics(metrics: Any) -> dict[str, Any]:
    if metrics is None:
        return {}
    if not isinstance(metrics, dict):
        raise TypeError(f"eval_metric_ops must be a dict, given: {metrics}")
    for key, pair in metrics.items():
        is_keras = hasattr(pair, "update_state") and hasattr(pair, "result")
        if not is_keras and not (isinstance(pair, tuple) and len(pair) == 2):
            raise TypeError(
                f"Values of eval_metric_ops must be (metric_value, update_op) tuples, given: {pair} for key: {key}"
            )
    return metrics


def _checked_outputs(outputs: Any, predictions: Any, mode: str) -> Any:
    if mode != ModeKeys.PREDICT:
        return None
    default = _v1.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY
    if outputs is None:
        return {default: PredictOutput(predictions)}
    if not isinstance(outputs, dict):
        raise TypeError(f"export_outputs must be dict, given: {outputs}")
    if not all(isinstance(output, ExportOutput) for output in outputs.values()):
        raise TypeError(f"Values in export_outputs must be ExportOutput objects. Given: {outputs}")
    if default in outputs:
        return outputs
    if len(outputs) > 1:
        raise ValueError(
            "Multiple export_outputs were provided, but none of them is specified as the default.  Do this by naming "
            "one of them with signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY."
        )
    return {**outputs, default: next(iter(outputs.values()))} if outputs else outputs


def _checked_hooks(hooks_given: Any) -> tuple[Any, ...]:
    found = tuple(hooks_given or ())
    for hook in found:
        if not isinstance(hook, _v1.train.SessionRunHook):
            raise TypeError(f"All hooks must be SessionRunHook instances, given: {hook}")
    return found


def _checked_scaffold(scaffold: Any) -> Any:
    scaffold = scaffold or train.Scaffold()
    if not isinstance(scaffold, _v1.train.Scaffold):
        raise TypeError(f"scaffold must be tf.train.Scaffold. Given: {scaffold}")
    return scaffold


def _check_tensor(value: Any, what: str) -> None:
    if not tf.is_tensor(value) and not isinstance(value, tf.Variable):
        raise TypeError(f"{what} must be Tensor, given: {value}")


def _check_graph(value: Any, what: str) -> None:
    """A graph has no use for tensors of another one; a function takes them from the graph around it."""
    if modes.current_mode() == modes.GRAPH and getattr(value, "graph", None) is not hooks.default_graph():
        raise ValueError(
            f"{what} must be from the default graph. Possible causes of this error include: \n\n"
            "1) it was created outside the context of the default graph.\n\n"
            'The object passed through to EstimatorSpec was not created in the most recent call to "model_fn".'
        )


hooks.keep_from_autograph(__name__)
