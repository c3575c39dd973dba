"""``tf.contrib.cudnn_rnn``: the networks of cuDNN on every device, and the cells that read their checkpoints."""

from tf1compat_wd import _namespace
from tf1compat_wd.contrib import _internal_paths
from tf1compat_wd.contrib.cudnn_rnn._compatible_cells import CudnnCompatibleGRUCell, CudnnCompatibleLSTMCell
from tf1compat_wd.contrib.cudnn_rnn._layers import CudnnGRU, CudnnLSTM, CudnnRNNRelu, CudnnRNNTanh

__all__ = [
    "CudnnCompatibleGRUCell",
    "CudnnCompatibleLSTMCell",
    "CudnnGRU",
    "CudnnLSTM",
    "CudnnRNNRelu",
    "CudnnRNNTanh",
]

python = _internal_paths.python_of("cudnn_rnn")

__getattr__, __dir__ = _namespace.names_of(__name__)
