"""``tf.estimator.export``: what a model function gives for serving."""

from tf1compat_wd import _namespace
from tf1compat_wd.estimator._export_outputs import (
    ClassificationOutput,
    ExportOutput,
    PredictOutput,
    RegressionOutput,
)

__all__ = ["ClassificationOutput", "ExportOutput", "PredictOutput", "RegressionOutput"]

__getattr__, __dir__ = _namespace.names_of(__name__)
