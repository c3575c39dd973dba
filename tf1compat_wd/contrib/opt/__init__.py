"""``tf.contrib.opt``: optimizers with decoupled weight decay, and variants of those in `tf.train`."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.opt._adam import (
    AdaMaxOptimizer,
    AdamGSOptimizer,
    LazyAdamGSOptimizer,
    LazyAdamOptimizer,
    NadamOptimizer,
)
from tf1compat_wd.contrib.opt._lars import LARSOptimizer
from tf1compat_wd.contrib.opt._reg_adagrad import RegAdagradOptimizer
from tf1compat_wd.contrib.opt._signs import AddSignOptimizer, PowerSignOptimizer
from tf1compat_wd.contrib.opt._weight_decay import (
    AdamWOptimizer,
    DecoupledWeightDecayExtension,
    MomentumWOptimizer,
    extend_with_decoupled_weight_decay,
)
from tf1compat_wd.contrib.opt._wrappers import (
    MovingAverageOptimizer,
    MultitaskOptimizerWrapper,
    VariableClippingOptimizer,
    clip_gradients_by_global_norm,
)

__all__ = [
    "AdaMaxOptimizer",
    "AdamGSOptimizer",
    "AdamWOptimizer",
    "AddSignOptimizer",
    "DecoupledWeightDecayExtension",
    "LARSOptimizer",
    "LazyAdamGSOptimizer",
    "LazyAdamOptimizer",
    "MomentumWOptimizer",
    "MovingAverageOptimizer",
    "MultitaskOptimizerWrapper",
    "NadamOptimizer",
    "PowerSignOptimizer",
    "RegAdagradOptimizer",
    "VariableClippingOptimizer",
    "clip_gradients_by_global_norm",
    "extend_with_decoupled_weight_decay",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
