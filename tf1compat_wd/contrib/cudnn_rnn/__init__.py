"""``tf.contrib.cudnn_rnn``: the cells that read checkpoints of cuDNN networks; the networks themselves are gone."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib.cudnn_rnn._compatible_cells import CudnnCompatibleGRUCell, CudnnCompatibleLSTMCell

__all__ = [
    "CudnnCompatibleGRUCell",
    "CudnnCompatibleLSTMCell",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
