"""How an Estimator saves, logs and places."""

from __future__ import annotations

import copy
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

_UNSET = object()

_SETTINGS = (
    "model_dir",
    "tf_random_seed",
    "save_summary_steps",
    "save_checkpoints_steps",
    "save_checkpoints_secs",
    "session_config",
    "keep_checkpoint_max",
    "keep_checkpoint_every_n_hours",
    "log_step_count_steps",
    "train_distribute",
    "device_fn",
    "protocol",
    "eval_distribute",
    "experimental_distribute",
    "experimental_max_worker_delay_secs",
    "session_creation_timeout_secs",
)


class RunConfig:
    """How an Estimator saves, logs and places (``tf.estimator.RunConfig``).

    Args:
        model_dir: folder of the checkpoints and summaries.
        tf_random_seed: given to `tf.set_random_seed` in each graph.
        save_summary_steps: a summary every so many steps.
        save_checkpoints_steps, save_checkpoints_secs: a checkpoint every so many steps, or seconds; None for neither.
            Default: every 600 seconds.
        session_config: ``tf.ConfigProto``.
        keep_checkpoint_max: number of recent checkpoints to keep; 0 or None for all.
        keep_checkpoint_every_n_hours: one is kept for good every so many hours.
        log_step_count_steps: loss and speed are logged every so many steps; None: never.
        device_fn: ``tf.device``'s argument for the whole graph.
        train_distribute, eval_distribute, experimental_distribute: ignored, with a warning when training begins: an
            Estimator here runs in this process, on one device.
        protocol, experimental_max_worker_delay_secs: for several processes; ignored.
        session_creation_timeout_secs: how long to wait for a session.

    Raises:
        ValueError: both kinds of `save_checkpoints` are given, or something isn't in its range.

    Source: facts of the topic estimator.

    >>> config = tf.estimator.RunConfig(save_checkpoints_steps=10)
    >>> config.save_checkpoints_secs, config.replace(tf_random_seed=1).tf_random_seed, config.is_chief
    (None, 1, True)
    """

    def __init__(
        self,
        model_dir: str | None = None,
        tf_random_seed: int | None = None,
        save_summary_steps: int = 100,
        save_checkpoints_steps: Any = _UNSET,
        save_checkpoints_secs: Any = _UNSET,
        session_config: Any = None,
        keep_checkpoint_max: int | None = 5,
        keep_checkpoint_every_n_hours: int = 10000,
        log_step_count_steps: int | None = 100,
        train_distribute: Any = None,
        device_fn: Any = None,
        protocol: str | None = None,
        eval_distribute: Any = None,
        experimental_distribute: Any = None,
        experimental_max_worker_delay_secs: int | None = None,
        session_creation_timeout_secs: int = 7200,
    ) -> None:
        if save_checkpoints_steps is _UNSET:
            save_checkpoints_steps = None
            save_checkpoints_secs = 600 if save_checkpoints_secs is _UNSET else save_checkpoints_secs
        elif save_checkpoints_secs is _UNSET:
            save_checkpoints_secs = None
        elif save_checkpoints_steps is not None and save_checkpoints_secs is not None:
            raise ValueError("`save_checkpoints_steps` and `save_checkpoints_secs` cannot be both set.")
        self._set(
            model_dir=model_dir,
            tf_random_seed=tf_random_seed,
            save_summary_steps=save_summary_steps,
            save_checkpoints_steps=save_checkpoints_steps,
            save_checkpoints_secs=save_checkpoints_secs,
            session_config=session_config,
            keep_checkpoint_max=keep_checkpoint_max,
            keep_checkpoint_every_n_hours=keep_checkpoint_every_n_hours,
            log_step_count_steps=log_step_count_steps,
            train_distribute=train_distribute,
            device_fn=device_fn,
            protocol=protocol,
            eval_distribute=eval_distribute,
            experimental_distribute=experimental_distribute,
            experimental_max_worker_delay_secs=experimental_max_worker_delay_secs,
            session_creation_timeout_secs=session_creation_timeout_secs,
        )

    #: One process does everything.
    cluster_spec = property(lambda self: tf.train.ClusterSpec({}))
    evaluation_master = master = property(lambda self: "")
    global_id_in_cluster = num_ps_replicas = task_id = property(lambda self: 0)
    is_chief = property(lambda self: True)
    num_worker_replicas = property(lambda self: 1)
    service = property(lambda self: None)
    task_type = property(lambda self: "worker")

    def replace(self, **kwargs: Any) -> RunConfig:
        """A copy with other settings.

        Raises:
            ValueError: there is no such setting, or not such a value.
        """
        changed = copy.deepcopy(self)
        # One kind of `save_checkpoints` takes the place of the other.
        kinds = "save_checkpoints_steps", "save_checkpoints_secs"
        for kind, other in (kinds, kinds[::-1]):
            if kwargs.get(kind) is not None:
                if kwargs.get(other) is not None:
                    raise ValueError("`save_checkpoints_steps` and `save_checkpoints_secs` cannot be both set.")
                kwargs.setdefault(other, None)
        changed._set(**kwargs)
        return changed

    def _set(self, **settings: Any) -> None:
        for name, value in settings.items():
            if name not in _SETTINGS:
                raise ValueError(f"Replacing {name} is not supported. Allowed properties are {list(_SETTINGS)}.")
            _check(name, value)
            setattr(self, name, value)


def _check(name: str, value: Any) -> None:
    if value is None:
        return
    if name == "model_dir" and not value:
        raise ValueError("model_dir should be non-empty.")
    if name == "tf_random_seed" and not hasattr(value, "__index__"):
        raise ValueError("tf_random_seed must be integer.")
    not_negative = ("save_summary_steps", "save_checkpoints_steps", "save_checkpoints_secs", "keep_checkpoint_max")
    if name in not_negative and value < 0:
        raise ValueError(f"{name} should be >= 0")
    positive = ("keep_checkpoint_every_n_hours", "log_step_count_steps", "session_creation_timeout_secs")
    if name in positive and value <= 0:
        raise ValueError(f"{name} should be > 0")
    if name == "device_fn" and not callable(value):
        raise ValueError('device_fn must be callable with exactly one argument "op".')


hooks.keep_from_autograph(__name__)
