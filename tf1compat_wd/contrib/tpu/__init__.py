"""``tf.contrib.tpu``: the TPUEstimator as it ran without a TPU, and what describes it."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.tpu._tpu_config import InputPipelineConfig, RunConfig, TPUConfig
from tf1compat_wd.contrib.tpu._tpu_estimator import TPUEstimator, TPUEstimatorSpec

__all__ = ["InputPipelineConfig", "RunConfig", "TPUConfig", "TPUEstimator", "TPUEstimatorSpec"]

__getattr__, __dir__ = _namespace.names_of(__name__)
