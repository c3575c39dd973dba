"""``tf.contrib.learn``: its data sets, its vocabularies and `ModeKeys`. Its estimators are gone."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib import _internal_paths
from tf1compat_wd.contrib.learn import datasets as datasets
from tf1compat_wd.contrib.learn import preprocessing as preprocessing

__all__ = ["ModeKeys", "datasets", "preprocessing"]


class ModeKeys:
    """What a model is built for (``tf.contrib.learn.ModeKeys``); `tf.estimator.ModeKeys` had another word for INFER."""

    TRAIN = "train"
    EVAL = "eval"
    INFER = "infer"

    @classmethod
    def validate(cls, key: str) -> None:
        """Raise ValueError unless `key` is one of them."""
        if key not in (cls.TRAIN, cls.EVAL, cls.INFER):
            raise ValueError(f"Invalid mode {key}.")


python = _internal_paths.python_of("learn")

__getattr__, __dir__ = _namespace.names_of(__name__)
