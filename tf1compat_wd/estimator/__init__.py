"""``tf.estimator``: what model functions say, as plain records. The Estimator itself isn't here."""

from tf1compat_wd import _namespace
from tf1compat_wd.estimator._model_fn import EstimatorSpec, ModeKeys

__all__ = ["EstimatorSpec", "ModeKeys"]

__getattr__, __dir__ = _namespace.names_of(__name__)
