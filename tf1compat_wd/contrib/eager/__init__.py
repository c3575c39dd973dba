"""``tf.contrib.eager``, or tfe: what eager programs used before TensorFlow 2, as far as it was not renamed."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib import _internal_paths
from tf1compat_wd.contrib.eager._gradients import (
    gradients_function,
    implicit_gradients,
    implicit_value_and_gradients,
    value_and_gradients_function,
)
from tf1compat_wd.contrib.eager._network import Network
from tf1compat_wd.contrib.eager._objects import (
    Iterator,
    Saver,
    Variable,
    get_optimizer_variables,
    make_template,
    num_gpus,
    run,
)

__all__ = [
    "Iterator",
    "Network",
    "Saver",
    "Variable",
    "get_optimizer_variables",
    "gradients_function",
    "implicit_gradients",
    "implicit_value_and_gradients",
    "make_template",
    "num_gpus",
    "run",
    "value_and_gradients_function",
]

python = _internal_paths.python_of("eager")

__getattr__, __dir__ = _namespace.names_of(__name__)
