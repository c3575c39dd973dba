"""``tf.estimator``: the Estimator, its model functions and specs. The ready-made models aren't here."""

from tf1compat_wd import _namespace
from tf1compat_wd.estimator._estimator import Estimator, WarmStartSettings
from tf1compat_wd.estimator._model_fn import EstimatorSpec, ModeKeys
from tf1compat_wd.estimator._run_config import RunConfig
from tf1compat_wd.estimator._training import (
    BestExporter,
    EvalSpec,
    Exporter,
    FinalExporter,
    LatestExporter,
    TrainSpec,
    add_metrics,
    train_and_evaluate,
)

__all__ = [
    "BestExporter",
    "Estimator",
    "EstimatorSpec",
    "EvalSpec",
    "Exporter",
    "FinalExporter",
    "LatestExporter",
    "ModeKeys",
    "RunConfig",
    "TrainSpec",
    "WarmStartSettings",
    "add_metrics",
    "train_and_evaluate",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
