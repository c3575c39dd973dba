"""``tf.contrib.factorization``: clusters by k-means."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.factorization._kmeans import (
    COSINE_DISTANCE,
    KMEANS_PLUS_PLUS_INIT,
    RANDOM_INIT,
    SQUARED_EUCLIDEAN_DISTANCE,
    KMeans,
)

__all__ = ["COSINE_DISTANCE", "KMEANS_PLUS_PLUS_INIT", "RANDOM_INIT", "SQUARED_EUCLIDEAN_DISTANCE", "KMeans"]

__getattr__, __dir__ = _namespace.names_of(__name__)
