"""Training with evaluations in between."""

from __future__ import annotations

import os
import time
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.estimator._estimator import Estimator, argument_names
from tf1compat_wd.estimator._model_fn import EstimatorSpec
from tf1compat_wd.estimator._run_config import RunConfig

_v1 = tf.compat.v1


class TrainSpec(namedtuple("TrainSpec", "input_fn max_steps hooks")):
    """What `train_and_evaluate` trains with (``tf.estimator.TrainSpec``); the arguments are `Estimator.train`'s.

    Raises:
        TypeError: `input_fn` can't be called, or one of `hooks` isn't a hook.
        ValueError: `max_steps` isn't positive.
    """

    __slots__ = ()

    def __new__(
        cls, input_fn: Callable[..., Any], max_steps: int | None = None, hooks: Sequence[Any] | None = None
    ) -> TrainSpec:
        _check(input_fn, hooks)
        if max_steps is not None and max_steps <= 0:
            raise ValueError(f"Must specify max_steps > 0, given: {max_steps}")
        return super().__new__(cls, input_fn, max_steps, tuple(hooks or ()))


class EvalSpec(namedtuple("EvalSpec", "input_fn steps name hooks exporters start_delay_secs throttle_secs")):
    """What `train_and_evaluate` evaluates with (``tf.estimator.EvalSpec``).

    Args:
        input_fn, steps, name, hooks: those of `Estimator.evaluate`.
        exporters: an `Exporter` or a list of them, called after each evaluation.
        start_delay_secs: for an evaluator in a process of its own; ignored.
        throttle_secs: least time between two evaluations.

    Raises:
        TypeError: `input_fn` can't be called, or something in a list is of another kind.
        ValueError: a number isn't in its range.
    """

    __slots__ = ()

    def __new__(
        cls,
        input_fn: Callable[..., Any],
        steps: int | None = 100,
        name: str | None = None,
        hooks: Sequence[Any] | None = None,
        exporters: Any = None,
        start_delay_secs: int = 120,
        throttle_secs: int = 600,
    ) -> EvalSpec:
        _check(input_fn, hooks)
        if steps is not None and steps <= 0:
            raise ValueError(f"Must specify steps > 0, given: {steps}")
        if start_delay_secs < 0:
            raise ValueError(f"Must specify start_delay_secs >= 0, given: {start_delay_secs}")
        if throttle_secs < 0:
            raise ValueError(f"Must specify throttle_secs >= 0, given: {throttle_secs}")
        exporters = () if not exporters else (exporters,) if isinstance(exporters, Exporter) else tuple(exporters)
        for exporter in exporters:
            if not isinstance(exporter, Exporter):
                raise TypeError(
                    f"`exporters` must be an Exporter, an iterable of Exporter, or `None`, found {exporter}."
                )
        return super().__new__(
            cls, input_fn, steps, name, tuple(hooks or ()), exporters, start_delay_secs, throttle_secs
        )


def _check(input_fn: Any, given_hooks: Any) -> None:
    if not callable(input_fn):
        raise TypeError(f"`input_fn` must be callable, given: {input_fn}")
    for hook in given_hooks or ():
        if not isinstance(hook, _v1.train.SessionRunHook):
            raise TypeError(f"All hooks must be SessionRunHook instances, given: {hook}")


class Exporter:
    """Writes a model after an evaluation (``tf.estimator.Exporter``); a subclass has `name` and `export`."""

    @property
    def name(self) -> str:
        """Name of its folder below ``export``."""
        raise NotImplementedError

    def export(
        self, estimator: Estimator, export_path: str, checkpoint_path: str, eval_result: Any, is_the_final_export: bool
    ) -> Any:
        """Write the model; gives the path or None."""
        raise NotImplementedError


class _SavedModelExporter(Exporter):
    def __init__(
        self, name: str, serving_input_receiver_fn: Any, assets_extra: Any = None, as_text: bool = False
    ) -> None:
        self._name = name
        self._arguments = (serving_input_receiver_fn, assets_extra, as_text)

    @property
    def name(self) -> str:
        return self._name

    def _write(self, estimator: Estimator, folder: str, checkpoint: str) -> bytes:
        receiver_fn, assets_extra, as_text = self._arguments
        return estimator.export_saved_model(folder, receiver_fn, assets_extra, as_text, checkpoint)


class FinalExporter(_SavedModelExporter):
    """Writes a SavedModel when training has ended (``tf.estimator.FinalExporter``).

    Args:
        name: of the folder below ``export``.
        serving_input_receiver_fn, assets_extra, as_text: those of `Estimator.export_saved_model`.
    """

    def __init__(
        self, name: str, serving_input_receiver_fn: Any, assets_extra: Any = None, as_text: bool = False
    ) -> None:
        super().__init__(name, serving_input_receiver_fn, assets_extra, as_text)

    def export(
        self, estimator: Estimator, export_path: str, checkpoint_path: str, eval_result: Any, is_the_final_export: bool
    ) -> bytes | None:
        return self._write(estimator, export_path, checkpoint_path) if is_the_final_export else None


class LatestExporter(_SavedModelExporter):
    """Writes a SavedModel after each evaluation and keeps the last few (``tf.estimator.LatestExporter``).

    Args:
        name, serving_input_receiver_fn, assets_extra, as_text: those of `FinalExporter`.
        exports_to_keep: how many; None: all.
    """

    def __init__(
        self,
        name: str,
        serving_input_receiver_fn: Any,
        assets_extra: Any = None,
        as_text: bool = False,
        exports_to_keep: int | None = 5,
    ) -> None:
        super().__init__(name, serving_input_receiver_fn, assets_extra, as_text)
        if exports_to_keep is not None and exports_to_keep <= 0:
            raise ValueError("`exports_to_keep`, if provided, must be a positive number")
        self._exports_to_keep = exports_to_keep

    def export(
        self, estimator: Estimator, export_path: str, checkpoint_path: str, eval_result: Any, is_the_final_export: bool
    ) -> bytes:
        written = self._write(estimator, export_path, checkpoint_path)
        _keep(export_path, self._exports_to_keep)
        return written


def _loss_smaller(best_eval_result: Mapping[str, Any], current_eval_result: Mapping[str, Any]) -> bool:
    for result in (best_eval_result, current_eval_result):
        if not result or "loss" not in result:
            raise ValueError("best_eval_result cannot be empty or no loss is found in it.")
    return bool(best_eval_result["loss"] > current_eval_result["loss"])


class BestExporter(_SavedModelExporter):
    """Writes a SavedModel after each evaluation that is better than all before (``tf.estimator.BestExporter``).

    Args:
        name, serving_input_receiver_fn, assets_extra, as_text: those of `FinalExporter`.
        event_file_pattern: ignored: evaluations of an earlier run are not looked at.
        compare_fn: function of the best result and the current one: whether the latter is better.
        exports_to_keep: how many; None: all.
    """

    def __init__(
        self,
        name: str = "best_exporter",
        serving_input_receiver_fn: Any = None,
        event_file_pattern: str = "eval/*.tfevents.*",
        compare_fn: Callable[..., bool] = _loss_smaller,
        assets_extra: Any = None,
        as_text: bool = False,
        exports_to_keep: int | None = 5,
    ) -> None:
        super().__init__(name, serving_input_receiver_fn, assets_extra, as_text)
        if compare_fn is None:
            raise ValueError("`compare_fn` must not be None.")
        if exports_to_keep is not None and exports_to_keep <= 0:
            raise ValueError("`exports_to_keep`, if provided, must be a positive number. Got {exports_to_keep}")
        self._is_better = compare_fn
        self._exports_to_keep = exports_to_keep
        self._best: Any = None

    def export(
        self, estimator: Estimator, export_path: str, checkpoint_path: str, eval_result: Any, is_the_final_export: bool
    ) -> bytes | None:
        if self._best is not None and not self._is_better(best_eval_result=self._best, current_eval_result=eval_result):
            return None
        self._best = eval_result
        written = self._write(estimator, export_path, checkpoint_path)
        _keep(export_path, self._exports_to_keep)
        return written


def _keep(folder: str, number: int | None) -> None:
    exports = sorted(
        (name for name in tf.io.gfile.listdir(folder) if name.strip("/").isdigit()), key=lambda n: int(n.strip("/"))
    )
    for name in exports[:-number] if number else ():
        tf.io.gfile.rmtree(os.path.join(folder, name))


class _EvaluateAtCheckpoints(_v1.train.CheckpointSaverListener):  # type: ignore[misc]
    """Evaluates each new checkpoint, not more often than asked for, and the last one."""

    def __init__(self, evaluate: Callable[[], None], throttle_secs: int) -> None:
        self._evaluate = evaluate
        self._throttle_secs = throttle_secs
        self._is_first = True
        self._last_time = 0.0
        self._last_step: int | None = None

    def after_save(self, session: Any, global_step_value: int) -> None:
        if self._is_first:  # the checkpoint with which training begins
            self._is_first = False
        elif time.time() - self._last_time >= self._throttle_secs:
            self._evaluate_at(global_step_value)

    def end(self, session: Any, global_step_value: int) -> None:
        if global_step_value != self._last_step:
            self._evaluate_at(global_step_value)

    def _evaluate_at(self, step: int) -> None:
        self._last_time, self._last_step = time.time(), step
        self._evaluate()


def train_and_evaluate(estimator: Estimator, train_spec: TrainSpec, eval_spec: EvalSpec) -> Any:
    """Train, and evaluate each new checkpoint and the last one (``tf.estimator.train_and_evaluate``).

    Args:
        estimator: `Estimator`.
        train_spec, eval_spec: how.

    Returns:
        The results of the last evaluation, and what the exporters gave; (None, None) if nothing was left to train.

    Raises:
        TypeError: an argument is of another kind.

    Differs from TF 1.15: always in this process; ``TF_CONFIG`` is not read.
    Source: facts of the topic estimator.
    """
    for name, value, kind in (
        ("estimator", estimator, Estimator),
        ("train_spec", train_spec, TrainSpec),
        ("eval_spec", eval_spec, EvalSpec),
    ):
        if not isinstance(value, kind):
            raise TypeError(f"`{name}` must have type `tf.estimator.{kind.__name__}`, given {type(value)}")
    last: list[Any] = [None, None]

    def evaluate() -> None:
        checkpoint = estimator.latest_checkpoint()
        if not checkpoint:
            return
        result = estimator.evaluate(eval_spec.input_fn, eval_spec.steps, eval_spec.hooks, checkpoint, eval_spec.name)
        is_final = train_spec.max_steps is not None and result["global_step"] >= train_spec.max_steps
        exports = os.path.join(estimator.model_dir, "export")
        last[:] = (
            result,
            [
                exporter.export(estimator, os.path.join(exports, exporter.name), checkpoint, result, is_final)
                for exporter in eval_spec.exporters
            ],
        )

    listener = _EvaluateAtCheckpoints(evaluate, eval_spec.throttle_secs)
    estimator.train(train_spec.input_fn, train_spec.hooks, max_steps=train_spec.max_steps, saving_listeners=[listener])
    return tuple(last)


def add_metrics(estimator: Estimator, metric_fn: Callable[..., Mapping[str, Any]]) -> Estimator:
    """An Estimator like this one that measures more (``tf.estimator.add_metrics``).

    Args:
        estimator: `Estimator`.
        metric_fn: function of some of ``features``, ``labels``, ``predictions`` and ``config``; gives metrics by name.
    """
    names = argument_names(metric_fn)
    unknown = sorted(set(names) - {"features", "labels", "predictions", "config", "self"})
    if unknown or not callable(metric_fn):
        raise ValueError(f"metric_fn ({metric_fn}) has following not expected args: {unknown}")

    def model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
        spec = estimator.model_fn(features, labels, mode, config)
        if mode != "eval":
            return spec
        given = {"features": features, "labels": labels, "predictions": spec.predictions, "config": config}
        more = metric_fn(**{name: given[name] for name in names if name in given})
        return spec._replace(eval_metric_ops={**spec.eval_metric_ops, **more})

    return Estimator(model_fn, estimator.model_dir, estimator.config)


hooks.keep_from_autograph(__name__)
