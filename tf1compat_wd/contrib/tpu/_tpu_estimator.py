"""The TPUEstimator where there is no TPU: an Estimator whose functions are told the size of a batch."""

from __future__ import annotations

import copy
import enum
import inspect
from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import tensorflow as tf

from tf1compat_wd import estimator
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib import summary
from tf1compat_wd.contrib.tpu._tpu_config import RunConfig
from tf1compat_wd.estimator import EstimatorSpec, ModeKeys

_v1 = tf.compat.v1

_NO_TPU = (
    "Cannot find any TPU cores in the system. Please double check Tensorflow master address and TPU worker(s).\n\n"
    "tf.contrib.tpu.TPUEstimator drove TPUs in a way that TensorFlow 2 has not; here it runs on the CPU or a GPU. "
    "Give it use_tpu=False (most programs have a flag: --use_tpu=False)."
)


class ExportSavedModelApiVersion(enum.Enum):
    """How a model for TPUs was written; no effect."""

    V1 = 1
    V2 = 2


class TPUEstimatorSpec(
    namedtuple(
        "TPUEstimatorSpec",
        "mode predictions loss train_op eval_metrics export_outputs scaffold_fn host_call training_hooks "
        "evaluation_hooks prediction_hooks",
    )
):
    """What a model function for TPUs returns (``tf.contrib.tpu.TPUEstimatorSpec``).

    Args:
        mode, predictions, loss, train_op, export_outputs, training_hooks, evaluation_hooks, prediction_hooks: those of
            `tf.estimator.EstimatorSpec`.
        eval_metrics: a function giving ``eval_metric_ops``, and its arguments: a list, or a dict by name.
        scaffold_fn: function giving a ``tf.train.Scaffold``.
        host_call: a function writing summaries, say, and its arguments; runs in each step.

    Raises:
        ValueError: `eval_metrics` or `host_call` is no such pair.
        RuntimeError: the function takes another number of arguments.
    """

    __slots__ = ()

    def __new__(
        cls,
        mode: str,
        predictions: Any = None,
        loss: Any = None,
        train_op: Any = None,
        eval_metrics: Any = None,
        export_outputs: Any = None,
        scaffold_fn: Callable[[], Any] | None = None,
        host_call: Any = None,
        training_hooks: Iterable[Any] | None = None,
        evaluation_hooks: Iterable[Any] | None = None,
        prediction_hooks: Iterable[Any] | None = None,
    ) -> TPUEstimatorSpec:
        for name, pair in (("eval_metrics", eval_metrics), ("host_call", host_call)):
            if pair is not None:
                _check_call(name, pair)
        return super().__new__(
            cls,
            mode,
            predictions,
            loss,
            train_op,
            eval_metrics,
            export_outputs,
            scaffold_fn,
            host_call,
            tuple(training_hooks or ()),
            tuple(evaluation_hooks or ()),
            tuple(prediction_hooks or ()),
        )

    def as_estimator_spec(self) -> EstimatorSpec:
        """The same for a plain Estimator."""
        metrics = _called(self.eval_metrics) if self.eval_metrics is not None else None
        host_hooks = () if self.host_call is None else (_Runs(_called(self.host_call)),)
        return EstimatorSpec(
            self.mode,
            predictions=self.predictions,
            loss=self.loss,
            train_op=self.train_op,
            eval_metric_ops=metrics,
            export_outputs=self.export_outputs,
            scaffold=self.scaffold_fn() if self.scaffold_fn else None,
            training_hooks=(*self.training_hooks, *host_hooks),
            evaluation_hooks=(*self.evaluation_hooks, *host_hooks),
            prediction_hooks=(*self.prediction_hooks, *host_hooks),
        )


def _check_call(name: str, pair: Any) -> None:
    if not isinstance(pair, (tuple, list)):
        raise ValueError(f"{name} should be tuple or list")
    if len(pair) != 2:
        raise ValueError(f"{name} should have two elements.")
    function, tensors = pair
    if not callable(function):
        raise TypeError(f"{name}[0] should be callable.")
    if not isinstance(tensors, (tuple, list, dict)):
        raise ValueError(f"{name}[1] should be tuple or list, or dict.")
    if isinstance(tensors, dict):
        return
    parameters = inspect.signature(function).parameters.values()
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return
    needed = [parameter for parameter in parameters if parameter.kind is not parameter.VAR_KEYWORD]
    if len(tensors) != len(needed):
        raise RuntimeError(
            f"In TPUEstimatorSpec.{name}, length of tensors {len(tensors)} does not match method args of the function, "
            f"which takes {len(needed)}."
        )


def _called(pair: Any) -> Any:
    function, arguments = pair
    return function(**arguments) if isinstance(arguments, Mapping) else function(*arguments)


class _Runs(_v1.train.SessionRunHook):  # type: ignore[misc]
    """Runs what a host call gave in each step, its summary writers first of all."""

    def __init__(self, tensors: Any) -> None:
        self._tensors = tensors
        self._initializers = summary.summary_writer_initializer_op()

    def after_create_session(self, session: Any, coord: Any) -> None:
        session.run(self._initializers)

    def before_run(self, run_context: Any) -> Any:
        return _v1.train.SessionRunArgs(self._tensors) if self._tensors is not None else None


class TPUEstimator(estimator.Estimator):
    """An Estimator whose functions find the size of a batch in their `params` (``tf.contrib.tpu.TPUEstimator``).

    Args:
        model_fn: as for `tf.estimator.Estimator`; may return a `TPUEstimatorSpec`. Its `params` have ``batch_size`` and
            ``use_tpu`` too.
        model_dir, params, warm_start_from: see `tf.estimator.Estimator`. `params` must not have those two.
        config: `tf.contrib.tpu.RunConfig`; must be given.
        use_tpu: must be false, or a call raises TF 1.15's error for a machine without TPUs.
        train_batch_size, eval_batch_size, predict_batch_size: found by `input_fn` as ``params["batch_size"]``.
        batch_axis, eval_on_tpu, export_to_tpu, export_to_cpu, embedding_config_spec, export_saved_model_api_version:
            for TPUs; no effect.

    Raises:
        ValueError: `config` is of another kind, or a size of batch is missing.
        RuntimeError: `use_tpu` is true and the program trains, evaluates or predicts.

    Source: facts of the topic estimator.
    """

    def __init__(
        self,
        model_fn: Any = None,
        model_dir: str | None = None,
        config: Any = None,
        params: Any = None,
        use_tpu: bool = True,
        train_batch_size: int | None = None,
        eval_batch_size: int | None = None,
        predict_batch_size: int | None = None,
        batch_axis: Any = None,
        eval_on_tpu: bool = True,
        export_to_tpu: bool = True,
        export_to_cpu: bool = True,
        warm_start_from: Any = None,
        embedding_config_spec: Any = None,
        export_saved_model_api_version: Any = ExportSavedModelApiVersion.V1,
    ) -> None:
        if not isinstance(config, RunConfig):
            raise ValueError("`config` must be provided with type `tpu_config.RunConfig`")
        for name in ("batch_size", "use_tpu"):
            if params is not None and name in params:
                raise ValueError(
                    f"{['batch_size', 'context', 'use_tpu']} are reserved keys but existed in params {params}."
                )
        if use_tpu and train_batch_size is None:
            raise ValueError("`train_batch_size` cannot be `None`")
        self._use_tpu = use_tpu
        self._batch_sizes = {
            ModeKeys.TRAIN: train_batch_size,
            ModeKeys.EVAL: eval_batch_size,
            ModeKeys.PREDICT: predict_batch_size,
        }
        super().__init__(model_fn, model_dir, config, params, warm_start_from)

    def _call_input_fn(self, input_fn: Any, mode: str) -> Any:
        if self._use_tpu:
            raise RuntimeError(_NO_TPU)
        return self._with_batch_size(mode, False, lambda: super(TPUEstimator, self)._call_input_fn(input_fn, mode))

    def _call_model_fn(self, features: Any, labels: Any, mode: str, config: Any) -> Any:
        return self._with_batch_size(
            mode, True, lambda: super(TPUEstimator, self)._call_model_fn(features, labels, mode, config)
        )

    def _with_batch_size(self, mode: str, is_model: bool, call: Callable[[], Any]) -> Any:
        params = self._params
        self._params = copy.deepcopy(params)
        if self._batch_sizes[mode] is not None:
            _put(self._params, "batch_size", self._batch_sizes[mode])
        if is_model:
            _put(self._params, "use_tpu", False)
        try:
            return call()
        finally:
            self._params = params

    def _estimator_spec(self, returned: Any) -> EstimatorSpec:
        return super()._estimator_spec(
            returned.as_estimator_spec() if isinstance(returned, TPUEstimatorSpec) else returned
        )


def _put(params: Any, name: str, value: Any) -> None:
    if hasattr(params, "set_hparam") and not isinstance(params, dict):  # tf.contrib.training.HParams
        if name in params:
            params.set_hparam(name, value)
        else:
            params.add_hparam(name, value)
    else:
        params[name] = value


hooks.keep_from_autograph(__name__)
