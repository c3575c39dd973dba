"""``tf.losses``: losses, weighed, reduced and collected, and the sums of what has been collected.

Weight decay comes from here: `get_regularization_losses` is what the regularizers of this pass gave.
"""

from tf1compat_wd import _namespace
from tf1compat_wd.losses._collected_losses import (
    add_loss,
    get_losses,
    get_regularization_loss,
    get_regularization_losses,
    get_total_loss,
)
from tf1compat_wd.losses._losses import (
    absolute_difference,
    cosine_distance,
    hinge_loss,
    huber_loss,
    log_loss,
    mean_pairwise_squared_error,
    mean_squared_error,
    sigmoid_cross_entropy,
    softmax_cross_entropy,
    sparse_softmax_cross_entropy,
)
from tf1compat_wd.losses._weighted import Reduction, compute_weighted_loss

__all__ = [
    # From predictions to a loss
    "absolute_difference",
    "cosine_distance",
    "hinge_loss",
    "huber_loss",
    "log_loss",
    "mean_pairwise_squared_error",
    "mean_squared_error",
    "sigmoid_cross_entropy",
    "softmax_cross_entropy",
    "sparse_softmax_cross_entropy",
    # From losses of elements to one that is collected
    "Reduction",
    "compute_weighted_loss",
    # What has been collected
    "add_loss",
    "get_losses",
    "get_regularization_loss",
    "get_regularization_losses",
    "get_total_loss",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
