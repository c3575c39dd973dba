"""``tf.layers``: layers that own their weights, as functions and as classes.

Read `_base` first: what a layer is, and how one object lives through many passes; then `_weights`, on which it builds.
"""

from tf1compat_wd import _namespace
from tf1compat_wd.layers._base import Layer
from tf1compat_wd.layers._convolutional import Conv1D, Conv2D, Conv3D, conv1d, conv2d, conv3d
from tf1compat_wd.layers._convolutional_separable import (
    SeparableConv1D,
    SeparableConv2D,
    separable_conv1d,
    separable_conv2d,
)
from tf1compat_wd.layers._convolutional_transposed import (
    Conv2DTranspose,
    Conv3DTranspose,
    conv2d_transpose,
    conv3d_transpose,
)
from tf1compat_wd.layers._core import Dense, Dropout, Flatten, dense, dropout, flatten
from tf1compat_wd.layers._input_spec import InputSpec
from tf1compat_wd.layers._normalization import BatchNormalization, batch_normalization
from tf1compat_wd.layers._pooling import (
    AveragePooling1D,
    AveragePooling2D,
    AveragePooling3D,
    MaxPooling1D,
    MaxPooling2D,
    MaxPooling3D,
    average_pooling1d,
    average_pooling2d,
    average_pooling3d,
    max_pooling1d,
    max_pooling2d,
    max_pooling3d,
)

__all__ = [
    # The base class
    "InputSpec",
    "Layer",
    # Core
    "Dense",
    "Dropout",
    "Flatten",
    "dense",
    "dropout",
    "flatten",
    # Convolution
    "Conv1D",
    "Conv2D",
    "Conv2DTranspose",
    "Conv3D",
    "Conv3DTranspose",
    "SeparableConv1D",
    "SeparableConv2D",
    "conv1d",
    "conv2d",
    "conv2d_transpose",
    "conv3d",
    "conv3d_transpose",
    "separable_conv1d",
    "separable_conv2d",
    # Normalization
    "BatchNormalization",
    "batch_normalization",
    # Pooling
    "AveragePooling1D",
    "AveragePooling2D",
    "AveragePooling3D",
    "MaxPooling1D",
    "MaxPooling2D",
    "MaxPooling3D",
    "average_pooling1d",
    "average_pooling2d",
    "average_pooling3d",
    "max_pooling1d",
    "max_pooling2d",
    "max_pooling3d",
]

__getattr__, __dir__ = _namespace.names_of(__name__)
