"""How a TPUEstimator runs; what is about TPUs is kept for programs to read, and has no effect."""

from __future__ import annotations

import re
from collections import namedtuple
from typing import Any

from tf1compat_wd import estimator
from tf1compat_wd._core import tensorflow_hooks as hooks


class InputPipelineConfig:
    """On which machines the input was built (``tf.contrib.tpu.InputPipelineConfig``)."""

    PER_SHARD_V1 = 1
    PER_HOST_V1 = 2
    PER_HOST_V2 = 3
    BROADCAST = 4
    SLICED = 5


class TPUConfig(
    namedtuple(
        "TPUConfig",
        "iterations_per_loop num_shards num_cores_per_replica per_host_input_for_training tpu_job_name "
        "initial_infeed_sleep_secs input_partition_dims eval_training_input_configuration "
        "experimental_host_call_every_n_steps",
    )
):
    """How TPUs were driven (``tf.contrib.tpu.TPUConfig``). Nothing of it has an effect without one.

    Raises:
        ValueError: a number isn't positive.

    >>> tf.contrib.tpu.TPUConfig(per_host_input_for_training=True).per_host_input_for_training
    2
    """

    __slots__ = ()

    def __new__(
        cls,
        iterations_per_loop: int | str = 2,
        num_shards: int | None = None,
        num_cores_per_replica: int | None = None,
        per_host_input_for_training: int | bool = True,
        tpu_job_name: str | None = None,
        initial_infeed_sleep_secs: int | None = None,
        input_partition_dims: Any = None,
        eval_training_input_configuration: int = InputPipelineConfig.PER_HOST_V1,
        experimental_host_call_every_n_steps: int = 1,
    ) -> TPUConfig:
        if not re.fullmatch(r"[1-9]\d*[smh]?", str(iterations_per_loop)):
            raise ValueError(
                "Invalid TPUConfig `iterations_per_loop` value. Value must be positive integer value or time-based "
                "value `<N><s|m|h>` where <N> is anypositive integer and `s`, `m`, `h` are unit of time in seconds, "
                "minutes, hours respectively. Examples of valid values: `3600s`, `60m`, `1h`."
            )
        for name, number in (("num_shards", num_shards), ("initial_infeed_sleep_secs", initial_infeed_sleep_secs)):
            if number is not None and number <= 0:
                raise ValueError(f"TPUConfig {name} must be positive, got {number}")
        if per_host_input_for_training is True:
            per_host_input_for_training = InputPipelineConfig.PER_HOST_V1
        elif per_host_input_for_training is False:
            per_host_input_for_training = InputPipelineConfig.PER_SHARD_V1
        return super().__new__(
            cls,
            iterations_per_loop,
            num_shards,
            num_cores_per_replica,
            per_host_input_for_training,
            tpu_job_name,
            initial_infeed_sleep_secs,
            input_partition_dims,
            eval_training_input_configuration,
            experimental_host_call_every_n_steps,
        )


class RunConfig(estimator.RunConfig):
    """How a TPUEstimator saves, logs and places (``tf.contrib.tpu.RunConfig``).

    Args:
        tpu_config: `TPUConfig`.
        evaluation_master, master: addresses of TPUs, kept.
        cluster: ``tf.contrib.cluster_resolver.TPUClusterResolver``, kept.
        **kwargs: those of `tf.estimator.RunConfig`.
    """

    def __init__(
        self,
        tpu_config: TPUConfig | None = None,
        evaluation_master: str | None = None,
        master: str | None = None,
        cluster: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.tpu_config = tpu_config or TPUConfig()
        self.cluster = cluster
        self._master = master or ""
        self._evaluation_master = self._master if evaluation_master is None else evaluation_master

    master = property(lambda self: self._master)
    evaluation_master = property(lambda self: self._evaluation_master)

    def replace(self, **kwargs: Any) -> RunConfig:
        """A copy with other settings."""
        tpu_config = kwargs.pop("tpu_config", self.tpu_config)
        changed: RunConfig = super().replace(**kwargs)
        changed.tpu_config = tpu_config
        return changed


hooks.keep_from_autograph(__name__)
