"""The Estimator: trains, evaluates and predicts with a model function, each time in a graph of its own."""

from __future__ import annotations

import copy
import functools
import inspect
import os
import tempfile
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf

from tf1compat_wd import metrics as tf1_metrics
from tf1compat_wd import summary as tf1_summary
from tf1compat_wd import train as tf1_train
from tf1compat_wd._core import op_counts, user_frames
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.graph_collections import GraphKeys, add_to_collection, get_collection
from tf1compat_wd.estimator._model_fn import EstimatorSpec, ModeKeys
from tf1compat_wd.estimator._run_config import RunConfig
from tf1compat_wd.estimator._saved_models import export_saved_model

Tensor = Any
_v1 = tf.compat.v1
_logging = _v1.logging

_MODEL_FN_ARGUMENTS = frozenset(("features", "labels", "mode", "params", "self", "config"))


class WarmStartSettings(
    namedtuple(
        "WarmStartSettings",
        "ckpt_to_initialize_from vars_to_warm_start var_name_to_vocab_info var_name_to_prev_var_name",
    )
):
    """Where an Estimator's variables begin (``tf.estimator.WarmStartSettings``): arguments of `tf.train.warm_start`.

    Raises:
        ValueError: there is no checkpoint.
    """

    __slots__ = ()

    def __new__(
        cls,
        ckpt_to_initialize_from: str,
        vars_to_warm_start: Any = ".*",
        var_name_to_vocab_info: Mapping[str, Any] | None = None,
        var_name_to_prev_var_name: Mapping[str, str] | None = None,
    ) -> WarmStartSettings:
        if not ckpt_to_initialize_from:
            raise ValueError("`ckpt_to_initialize_from` MUST be set in WarmStartSettings")
        return super().__new__(
            cls,
            ckpt_to_initialize_from,
            vars_to_warm_start,
            var_name_to_vocab_info or {},
            var_name_to_prev_var_name or {},
        )


class Estimator:
    """Trains, evaluates and predicts with a model function (``tf.estimator.Estimator``).

    Each call builds a graph of its own, gives what `input_fn` returns to `model_fn`, and runs a session that restores
    the latest checkpoint of `model_dir` and saves there. So it works the same wherever it is called, in eager mode too.

    Args:
        model_fn: function of ``features`` and, if it has arguments of these names, ``labels``, ``mode``, ``params`` and
            ``config``; gives an `EstimatorSpec`.
        model_dir: folder of the checkpoints and summaries; default: that of `config`, else a temporary one.
        config: `RunConfig`.
        params: given to `model_fn` and `input_fn`, copied.
        warm_start_from: path of a checkpoint, or ``tf.estimator.WarmStartSettings``: where variables begin when there
            is no checkpoint in `model_dir` yet.

    Raises:
        ValueError: `model_fn` has other arguments, or `config` is of another kind or names another folder.

    Differs from TF 1.15: distribution strategies and clusters in `config` are ignored, with a warning.
    Source: facts of the topic estimator.

    >>> def model(features, labels, mode):
    ...     w = tf.get_variable("w", [], initializer=tf.zeros_initializer())
    ...     loss = tf.reduce_mean((features["x"] * w - labels) ** 2)
    ...     step = tf.train.GradientDescentOptimizer(0.1).minimize(loss, tf.train.get_global_step())
    ...     return tf.estimator.EstimatorSpec(mode, loss=loss, train_op=step)
    >>> def data():
    ...     return tf.data.Dataset.from_tensors(({"x": [1.0, 2.0]}, [2.0, 4.0])).repeat()
    >>> estimator = tf.estimator.Estimator(model).train(data, steps=20)
    >>> round(float(estimator.get_variable_value("w")), 3), int(estimator.evaluate(data, steps=1)["global_step"])
    (2.0, 20)
    """

    def __init__(
        self,
        model_fn: Callable[..., EstimatorSpec],
        model_dir: str | None = None,
        config: RunConfig | None = None,
        params: Any = None,
        warm_start_from: Any = None,
    ) -> None:
        self._config = _with_model_dir(config, model_dir)
        self._model_dir = self._config.model_dir
        if model_fn is None:
            raise ValueError("model_fn must be provided to Estimator.")
        _check_model_fn(model_fn, params)
        self._model_fn = model_fn
        self._params = copy.deepcopy({} if params is None else params)
        if isinstance(warm_start_from, (str, bytes)):
            warm_start_from = WarmStartSettings(warm_start_from)
        self._warm_start_settings = warm_start_from

    @property
    def model_dir(self) -> str:
        """Folder of the checkpoints and summaries."""
        return self._model_dir

    @property
    def config(self) -> RunConfig:
        """A copy of the `RunConfig`."""
        return copy.deepcopy(self._config)

    @property
    def params(self) -> Any:
        """A copy of the parameters."""
        return copy.deepcopy(self._params)

    @property
    def model_fn(self) -> Callable[..., EstimatorSpec]:
        """The model function with its parameters: a function of features, labels, mode and config."""

        def public_model_fn(features: Any, labels: Any, mode: str, config: RunConfig) -> EstimatorSpec:
            return self._call_model_fn(features, labels, mode, config)

        return public_model_fn

    def get_variable_value(self, name: str) -> Any:
        """Value of a variable in the latest checkpoint."""
        self._require_checkpoint()
        return _v1.train.load_variable(self.model_dir, name)

    def get_variable_names(self) -> list[str]:
        """Names of the variables in the latest checkpoint."""
        self._require_checkpoint()
        return [name for name, _ in _v1.train.list_variables(self.model_dir)]

    def latest_checkpoint(self) -> str | None:
        """Path of the latest checkpoint; None if there is none."""
        path: str | None = tf.train.latest_checkpoint(self.model_dir)
        return path

    def eval_dir(self, name: str | None = None) -> str:
        """Folder of the summaries of an evaluation."""
        return os.path.join(self.model_dir, "eval" if not name else f"eval_{name}")

    def _require_checkpoint(self) -> None:
        if not self.latest_checkpoint():
            raise ValueError(f"Couldn't find trained model at {self.model_dir}.")

    # -------------------------------------------------------------------------------- training

    def train(
        self,
        input_fn: Callable[..., Any],
        hooks: Sequence[Any] | None = None,
        steps: int | None = None,
        max_steps: int | None = None,
        saving_listeners: Sequence[Any] | None = None,
    ) -> Estimator:
        """Train.

        Args:
            input_fn: gives a ``tf.data.Dataset`` of (features, labels), or features and labels as tensors. If it has
                arguments ``mode``, ``params`` or ``config`` it gets them.
            hooks: list of ``tf.train.SessionRunHook``.
            steps: number of steps more. Without it, and `max_steps`, until the data end.
            max_steps: number of steps altogether.
            saving_listeners: list of ``tf.train.CheckpointSaverListener``.

        Returns:
            This object.

        Raises:
            ValueError: both numbers are given, or one isn't positive.
        """
        if steps is not None and max_steps is not None:
            raise ValueError("Can not provide both steps and max_steps.")
        for name, number in (("steps", steps), ("max_steps", max_steps)):
            if number is not None and number <= 0:
                raise ValueError(f"Must specify {name} > 0, given: {number}")
        if max_steps is not None and _step_of_checkpoint(self.latest_checkpoint()) >= max_steps:
            _logging.info("Skipping training since max_steps has already saved.")
            return self
        self._warn_about_distribution()
        given_hooks = _checked_hooks(hooks)
        if steps is not None or max_steps is not None:
            given_hooks.append(_v1.train.StopAtStepHook(steps, max_steps))
        loss = self._train_model(input_fn, given_hooks, list(saving_listeners or ()))
        _logging.info("Loss for final step: %s.", loss)
        return self

    def _train_model(self, input_fn: Any, given_hooks: list[Any], saving_listeners: list[Any]) -> Any:
        with tf.Graph().as_default(), _v1.device(self._config.device_fn):
            _v1.set_random_seed(self._config.tf_random_seed)
            step = _make_global_step()
            op_counts.more(11)  # TF 1.15 made a second reader of the step here
            features, labels, input_hooks = self._get_features_and_labels(input_fn, ModeKeys.TRAIN)
            spec = self._call_model_fn(features, labels, ModeKeys.TRAIN, self.config)
            if self._warm_start_settings and not self.latest_checkpoint():
                tf1_train.warm_start(*self._warm_start_settings)
            return self._train_with(spec, step, input_hooks + given_hooks, saving_listeners)

    def _train_with(self, spec: Any, step: Tensor, worker_hooks: list[Any], saving_listeners: list[Any]) -> Any:
        config = self._config
        if not any(getattr(tensor, "op", tensor).name == "loss" for tensor in get_collection(GraphKeys.SUMMARIES)):
            tf1_summary.scalar("loss", spec.loss)
        add_to_collection(GraphKeys.LOSSES, spec.loss)
        worker_hooks.append(_v1.train.NanTensorHook(spec.loss))
        if config.log_step_count_steps is not None:
            worker_hooks.append(
                _v1.train.LoggingTensorHook({"loss": spec.loss, "step": step}, config.log_step_count_steps)
            )
        worker_hooks.extend(spec.training_hooks)
        if not spec.scaffold.saver and not get_collection(GraphKeys.SAVERS):
            saver = tf1_train.Saver(
                sharded=True,
                max_to_keep=config.keep_checkpoint_max,
                keep_checkpoint_every_n_hours=config.keep_checkpoint_every_n_hours,
                defer_build=True,
                save_relative_paths=True,
            )
            add_to_collection(GraphKeys.SAVERS, saver)
        chief_hooks = [*spec.training_chief_hooks]
        savers = [hook for hook in chief_hooks + worker_hooks if isinstance(hook, _v1.train.CheckpointSaverHook)]
        if not savers and (config.save_checkpoints_secs or config.save_checkpoints_steps):
            savers = [
                _v1.train.CheckpointSaverHook(
                    self.model_dir,
                    save_secs=config.save_checkpoints_secs,
                    save_steps=config.save_checkpoints_steps,
                    scaffold=spec.scaffold,
                )
            ]
            chief_hooks += savers
        if saving_listeners:
            if not savers:
                raise ValueError(
                    "There should be a CheckpointSaverHook to use saving_listeners. Please set one of the "
                    "RunConfig.save_checkpoints_steps or RunConfig.save_checkpoints_secs."
                )
            hooks.add_saving_listeners(savers[0], saving_listeners)
        loss = None
        with tf1_train.MonitoredTrainingSession(
            checkpoint_dir=self.model_dir,
            scaffold=spec.scaffold,
            hooks=worker_hooks,
            chief_only_hooks=chief_hooks,
            save_checkpoint_secs=0,
            save_summaries_steps=config.save_summary_steps,
            config=self._session_config(),
            max_wait_secs=config.session_creation_timeout_secs,
            log_step_count_steps=config.log_step_count_steps,
        ) as session:
            while not session.should_stop():
                _, loss = session.run([spec.train_op, spec.loss])
        return loss

    # ------------------------------------------------------------------------------ evaluation

    def evaluate(
        self,
        input_fn: Callable[..., Any],
        steps: int | None = None,
        hooks: Sequence[Any] | None = None,
        checkpoint_path: str | None = None,
        name: str | None = None,
    ) -> dict[str, Any]:
        """Evaluate a checkpoint, or without one the model as it is initialized.

        Args:
            input_fn: as for `train`.
            steps: number of batches; default: until the data end.
            hooks: list of ``tf.train.SessionRunHook``.
            checkpoint_path: default: the latest.
            name: of the evaluation, for its folder.

        Returns:
            The metrics of `model_fn` by name, the mean ``loss``, and ``global_step``.
        """
        if steps is not None and steps <= 0:
            raise ValueError(f"Must specify steps > 0, given: {steps}")
        given_hooks = _checked_hooks(hooks)
        checkpoint = checkpoint_path or self.latest_checkpoint()
        if not checkpoint:
            _logging.info(
                "Could not find trained model in model_dir: %s, running initialization to evaluate.", self.model_dir
            )
        with tf.Graph().as_default(), _v1.device(self._config.device_fn):
            _v1.set_random_seed(self._config.tf_random_seed)
            step = _make_global_step()
            features, labels, input_hooks = self._get_features_and_labels(input_fn, ModeKeys.EVAL)
            spec = self._call_model_fn(features, labels, ModeKeys.EVAL, self.config)
            values, update = _metric_operations(spec, step)
            results = _evaluate_once(
                _v1.train.ChiefSessionCreator(
                    scaffold=spec.scaffold, config=self._session_config(), checkpoint_filename_with_path=checkpoint
                ),
                update,
                values,
                [*input_hooks, *given_hooks, *spec.evaluation_hooks, _StopAfter(steps)],
            )
        _write_results(self.eval_dir(name), results, checkpoint)
        return results

    # ------------------------------------------------------------------------------ prediction

    def predict(
        self,
        input_fn: Callable[..., Any],
        predict_keys: Any = None,
        hooks: Sequence[Any] | None = None,
        checkpoint_path: str | None = None,
        yield_single_examples: bool = True,
    ) -> Iterator[Any]:
        """Predict, batch by batch, as the caller asks for more.

        Args:
            input_fn: as for `train`; labels are left out.
            predict_keys: names of the predictions wanted; default: all.
            hooks: list of ``tf.train.SessionRunHook``.
            checkpoint_path: default: the latest.
            yield_single_examples: give one example at a time instead of batches.

        Yields:
            The predictions: a dict of arrays, or an array where `model_fn` gives a tensor.
        """
        given_hooks = _checked_hooks(hooks)
        checkpoint = checkpoint_path or self.latest_checkpoint()
        if not checkpoint:
            _logging.info(
                "Could not find trained model in model_dir: %s, running initialization to predict.", self.model_dir
            )
        with tf.Graph().as_default(), _v1.device(self._config.device_fn):
            _v1.set_random_seed(self._config.tf_random_seed)
            _make_global_step()
            features, _, input_hooks = self._get_features_and_labels(input_fn, ModeKeys.PREDICT)
            spec = self._call_model_fn(features, None, ModeKeys.PREDICT, self.config)
            predictions = _wanted(spec.predictions, predict_keys)
            creator = _v1.train.ChiefSessionCreator(
                scaffold=spec.scaffold, config=self._session_config(), checkpoint_filename_with_path=checkpoint
            )
            all_hooks = [*input_hooks, *given_hooks, *spec.prediction_hooks]
            with tf1_train.MonitoredSession(creator, all_hooks) as session:
                while not session.should_stop():
                    batch = session.run(predictions)
                    if not yield_single_examples:
                        yield batch
                    elif not isinstance(predictions, dict):
                        yield from batch
                    else:
                        for index in range(_batch_size(batch)):
                            yield {key: value[index] for key, value in batch.items()}

    # ---------------------------------------------------------------------------------- export

    def export_saved_model(
        self,
        export_dir_base: str,
        serving_input_receiver_fn: Callable[[], Any],
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
        checkpoint_path: str | None = None,
        experimental_mode: str = ModeKeys.PREDICT,
    ) -> bytes:
        """Write a SavedModel with the variables of a checkpoint into a new folder below `export_dir_base`.

        Args:
            export_dir_base: the folder's name below it is the time in seconds.
            serving_input_receiver_fn: gives a ``tf.estimator.export.ServingInputReceiver``.
            assets_extra: files to copy, by their path below ``assets.extra``.
            as_text: write text instead of a binary protocol buffer.
            checkpoint_path: default: the latest.
            experimental_mode: PREDICT is the only one here.

        Returns:
            Path of the new folder.
        """
        if experimental_mode != ModeKeys.PREDICT:
            raise NotImplementedError("export_saved_model writes the graph for prediction only.")
        if serving_input_receiver_fn is None:
            raise ValueError("An input_receiver_fn must be defined.")
        checkpoint = checkpoint_path or self.latest_checkpoint()
        if not checkpoint:
            raise ValueError(f"Couldn't find trained model at {self.model_dir}.")
        with tf.Graph().as_default():
            tf1_train.get_or_create_global_step()
            _v1.set_random_seed(self._config.tf_random_seed)
            receiver = serving_input_receiver_fn()
            spec = self._call_model_fn(
                receiver.features, getattr(receiver, "labels", None), ModeKeys.PREDICT, self.config
            )
            with _v1.Session(config=self._session_config()) as session:
                return export_saved_model(session, spec, receiver, checkpoint, export_dir_base, assets_extra, as_text)

    def export_savedmodel(
        self,
        export_dir_base: str,
        serving_input_receiver_fn: Callable[[], Any],
        assets_extra: Mapping[str, str] | None = None,
        as_text: bool = False,
        checkpoint_path: str | None = None,
        strip_default_attrs: bool = False,
    ) -> bytes:
        """The older name of `export_saved_model`; `strip_default_attrs` is accepted, and always done."""
        return self.export_saved_model(
            export_dir_base, serving_input_receiver_fn, assets_extra, as_text, checkpoint_path
        )

    # ------------------------------------------------------------------------ parts of each of them

    def _session_config(self) -> Any:
        return self._config.session_config or _v1.ConfigProto(allow_soft_placement=True)

    def _get_features_and_labels(self, input_fn: Any, mode: str) -> tuple[Any, Any, list[Any]]:
        result = self._call_input_fn(input_fn, mode)
        input_hooks: list[Any] = []
        if isinstance(result, (tf.data.Dataset, _v1.data.Dataset)):
            iterator = _v1.data.make_initializable_iterator(result)
            input_hooks.append(_InitializerHook(iterator.initializer))
            result = iterator.get_next()
        if mode == ModeKeys.PREDICT:
            return (result[0] if isinstance(result, (list, tuple)) else result), None, input_hooks
        if isinstance(result, (list, tuple)):
            if len(result) != 2:
                raise ValueError("input_fn should return (features, labels) as a len 2 tuple.")
            return result[0], result[1], input_hooks
        return result, None, input_hooks

    def _call_input_fn(self, input_fn: Any, mode: str) -> Any:
        names = argument_names(input_fn)
        given = {"mode": mode, "params": self.params, "config": self.config}
        with _v1.device("/cpu:0"):
            return input_fn(**{name: value for name, value in given.items() if name in names})

    def _call_model_fn(self, features: Any, labels: Any, mode: str, config: RunConfig) -> Any:
        names = argument_names(self._model_fn)
        given: dict[str, Any] = {}
        if "labels" in names:
            given["labels"] = labels
        elif labels is not None:
            raise ValueError("model_fn does not take labels, but input_fn returns labels.")
        for name, value in (("mode", mode), ("params", self.params), ("config", config)):
            if name in names:
                given[name] = value
        _logging.info("Calling model_fn.")
        spec = self._model_fn(features=features, **given)
        _logging.info("Done calling model_fn.")
        return self._estimator_spec(spec)

    def _estimator_spec(self, returned: Any) -> EstimatorSpec:
        """What a model function returned, checked."""
        if not isinstance(returned, EstimatorSpec):
            raise ValueError("model_fn should return an EstimatorSpec.")
        return returned

    def _warn_about_distribution(self) -> None:
        if self._config.train_distribute is not None or self._config.experimental_distribute is not None:
            user_frames.warn_once(
                "tf.estimator.RunConfig.train_distribute",
                "tf.estimator.Estimator runs on one device here: the distribution strategy in its config is ignored.",
            )


class _InitializerHook(_v1.train.SessionRunHook):  # type: ignore[misc]
    """Initializes the iterator of a dataset when the session is there."""

    def __init__(self, initializer: Any) -> None:
        self._initializer = initializer

    def after_create_session(self, session: Any, coord: Any) -> None:
        session.run(self._initializer)


class _StopAfter(_v1.train.SessionRunHook):  # type: ignore[misc]
    """Stops an evaluation after so many batches; None: never."""

    def __init__(self, steps: int | None) -> None:
        self._left = steps

    def after_run(self, run_context: Any, run_values: Any) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                run_context.request_stop()


def _make_global_step() -> Tensor:
    with op_counts.exactly(4):
        return tf1_train.get_or_create_global_step()


def _with_model_dir(config: Any, model_dir: str | None) -> RunConfig:
    if config is None:
        config = RunConfig()
    elif not isinstance(config, RunConfig):
        raise ValueError(f"config must be an instance of `RunConfig`, but provided {config}.")
    if model_dir is not None:
        model_dir = os.fspath(model_dir)
        if config.model_dir is not None and config.model_dir != model_dir:
            raise ValueError(
                "`model_dir` are set both in constructor and `RunConfig`, but with different values. In constructor: "
                f"'{model_dir}', in `RunConfig`: '{config.model_dir}' "
            )
    model_dir = model_dir or config.model_dir
    if model_dir is None:
        model_dir = tempfile.mkdtemp()
        _logging.warning("Using temporary folder as model directory: %s", model_dir)
    return config.replace(model_dir=model_dir)


def argument_names(function: Any) -> tuple[str, ...]:
    """Names of the arguments that a caller can still give."""
    bound: tuple[str, ...] = ()
    while isinstance(function, functools.partial):
        bound += tuple(function.keywords)
        if function.args:
            return tuple(name for name in inspect.signature(function).parameters if name not in bound)
        function = function.func
    return tuple(name for name in inspect.signature(function).parameters if name not in bound)


def _check_model_fn(model_fn: Any, params: Any) -> None:
    names = set(argument_names(model_fn))
    if "features" not in names:
        raise ValueError(f"model_fn ({model_fn}) must include features argument.")
    if params is not None and "params" not in names:
        raise ValueError(
            f"model_fn ({model_fn}) does not include params argument, but params ({params}) is passed to Estimator."
        )
    others = list(names - _MODEL_FN_ARGUMENTS)
    if others:
        raise ValueError(f"model_fn ({model_fn}) has following not expected args: {others}")


def _checked_hooks(given: Any) -> list[Any]:
    for hook in given or ():
        if not isinstance(hook, _v1.train.SessionRunHook):
            raise TypeError(f"All hooks must be SessionRunHook instances, given: {hook}")
    return list(given or ())


def _step_of_checkpoint(checkpoint: str | None) -> int:
    return int(_v1.train.load_variable(checkpoint, GraphKeys.GLOBAL_STEP)) if checkpoint else 0


def _metric_operations(spec: Any, step: Tensor) -> tuple[dict[str, Any], Any]:
    """The values of the metrics by name, and what updates them."""
    if "loss" in spec.eval_metric_ops:
        raise ValueError(
            'Metric with name "loss" is not allowed, because Estimator already defines a default metric '
            "with the same name."
        )
    pairs = {**spec.eval_metric_ops, "loss": tf1_metrics.mean(spec.loss)}
    values = {name: pair[0] for name, pair in sorted(pairs.items())}
    updates = [pair[1] for _, pair in sorted(pairs.items())]
    values["global_step"] = step
    return values, tf.group(*updates)


def _evaluate_once(creator: Any, update: Any, values: dict[str, Any], all_hooks: list[Any]) -> dict[str, Any]:
    final = _v1.train.FinalOpsHook(values)
    with tf1_train.MonitoredSession(creator, [*all_hooks, final]) as session:
        while not session.should_stop():
            session.run(update)
    return dict(final.final_ops_values)


def _write_results(folder: str, results: Mapping[str, Any], checkpoint: str | None) -> None:
    step = int(results["global_step"])
    _logging.info(
        "Saving dict for global step %d: %s", step, ", ".join(f"{key} = {results[key]!s}" for key in sorted(results))
    )
    summary = _v1.summary.Summary()
    for key, value in results.items():
        if key == "global_step" or value is None:
            continue
        if np.ndim(value) == 0 and np.issubdtype(np.asarray(value).dtype, np.number):
            summary.value.add(tag=key, simple_value=float(value))
        elif isinstance(value, bytes):
            summary.value.add(tag=key).ParseFromString(value)
    with tf.Graph().as_default():
        writer = _v1.summary.FileWriter(folder)
        writer.add_summary(summary, step)
        writer.close()


def _wanted(predictions: Any, keys: Any) -> Any:
    if not keys:
        return predictions
    if not isinstance(predictions, dict):
        raise ValueError("predict_keys argument is not valid in case of non-dict predictions.")
    wanted = {key: value for key, value in predictions.items() if key in keys}
    if not wanted:
        raise ValueError(f"Expected to run at least one output from {predictions.keys()}, provided {keys}.")
    return wanted


def _batch_size(batch: Mapping[str, Any]) -> int:
    size = None
    for key, value in batch.items():
        if size is not None and value.shape[0] != size:
            raise ValueError(
                f"Batch length of predictions should be same. {key} has different batch length than others."
            )
        size = value.shape[0]
    return size or 0


hooks.keep_from_autograph(__name__)
