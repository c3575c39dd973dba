"""``slim.tfexample_decoder``: items from serialized ``tf.train.Example``s. Works in all modes."""

from __future__ import annotations

import abc
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.contrib.slim.data_decoder import DataDecoder

__all__ = [
    "BackupHandler",
    "BoundingBox",
    "Image",
    "ItemHandler",
    "ItemHandlerCallback",
    "LookupTensor",
    "SparseTensor",
    "TFExampleDecoder",
    "Tensor",
]

Tensors = Mapping[str, Any]


class ItemHandler(abc.ABC):
    """Makes one item of parsed features; base class of the others, and of yours.

    Args:
        keys: the names of the features it needs; a string for one.
    """

    def __init__(self, keys: str | Sequence[str]) -> None:
        self._keys = list(keys) if isinstance(keys, list | tuple) else [keys]

    @property
    def keys(self) -> list[Any]:
        """The names of the features it needs."""
        return self._keys

    @abc.abstractmethod
    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """The item, from a dictionary of names to parsed features."""


class ItemHandlerCallback(ItemHandler):
    """Makes an item by a function of the dictionary of features."""

    def __init__(self, keys: str | Sequence[str], func: Callable[[Tensors], Any]) -> None:
        super().__init__(keys)
        self._func = func

    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """What the function gives."""
        return self._func(keys_to_tensors)


class BoundingBox(ItemHandler):
    """Makes boxes [N, 4] of four features, in the order of `keys`.

    Args:
        keys: four names; default: ymin, xmin, ymax, xmax.
        prefix: what stands before each of them.

    Raises:
        ValueError: there aren't four.
    """

    def __init__(self, keys: Sequence[str] | None = None, prefix: str = "") -> None:
        if keys is None:
            keys = ["ymin", "xmin", "ymax", "xmax"]
        elif len(keys) != 4:
            raise ValueError(f"BoundingBox expects 4 keys but got {len(keys)}")
        self._full_keys = [prefix + key for key in keys]
        super().__init__(self._full_keys)

    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """The boxes."""
        sides = [_dense(keys_to_tensors[key]) for key in self._full_keys]
        return tf.transpose(tf.concat([tf.expand_dims(side, 0) for side in sides], 0))


def _dense(feature: Any, default_value: Any = 0) -> Any:
    if not isinstance(feature, tf.SparseTensor):
        return feature
    return tf.sparse.to_dense(feature, default_value="" if feature.dtype == tf.string else default_value)


class Tensor(ItemHandler):
    """Makes a dense tensor of a feature, and gives it a shape.

    Args:
        tensor_key: name of the feature.
        shape_keys: name of the feature that has the shape, or a list with a name for each axis.
        shape: the shape itself.
        default_value: for what a sparse feature leaves out.

    Raises:
        ValueError: both `shape_keys` and `shape` are given.
    """

    def __init__(
        self,
        tensor_key: str,
        shape_keys: str | Sequence[str] | None = None,
        shape: Sequence[int] | None = None,
        default_value: Any = 0,
    ) -> None:
        if shape_keys and shape is not None:
            raise ValueError("Cannot specify both shape_keys and shape parameters.")
        if shape_keys and not isinstance(shape_keys, list):
            shape_keys = [shape_keys]  # type: ignore[list-item]
        self._tensor_key = tensor_key
        self._shape_keys = shape_keys
        self._shape = shape
        self._default_value = default_value
        super().__init__([tensor_key, *(shape_keys or ())])

    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """The tensor."""
        tensor = keys_to_tensors[self._tensor_key]
        shape: Any = self._shape
        if self._shape_keys:
            lengths = [tf.reshape(_dense(keys_to_tensors[key]), [-1]) for key in self._shape_keys]
            shape = tf.concat([tf.cast(length, tf.int32) for length in lengths], 0)
        if isinstance(tensor, tf.SparseTensor) and shape is not None:
            tensor = tf.sparse.reshape(tensor, shape)
            return _dense(tensor, self._default_value)
        tensor = _dense(tensor, self._default_value)
        return tensor if shape is None else tf.reshape(tensor, shape)


class LookupTensor(Tensor):
    """As `Tensor`, but what it gives is looked up in a table.

    Args:
        tensor_key, shape_keys, shape, default_value: as for `Tensor`.
        table: a ``tf.lookup`` table.
    """

    def __init__(
        self,
        tensor_key: str,
        table: Any,
        shape_keys: str | Sequence[str] | None = None,
        shape: Sequence[int] | None = None,
        default_value: Any = "",
    ) -> None:
        self._table = table
        super().__init__(tensor_key, shape_keys, shape, default_value)

    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """What the table has for the tensor."""
        return self._table.lookup(super().tensors_to_item(keys_to_tensors))


class BackupHandler(ItemHandler):
    """Makes an item by one handler; if it has no elements, by another.

    Raises:
        ValueError: one is no handler.
    """

    def __init__(self, handler: ItemHandler, backup: ItemHandler) -> None:
        for what, each in (("Primary", handler), ("Backup", backup)):
            if not isinstance(each, ItemHandler):
                raise ValueError(f"{what} handler is of type {type(each)} instead of ItemHandler")
        self._handler = handler
        self._backup = backup
        super().__init__(handler.keys + backup.keys)

    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """The item of the first that has elements."""
        item = self._handler.tensors_to_item(keys_to_tensors)
        return tf.cond(
            tf.equal(tf.reduce_prod(tf.shape(item)), 0),
            lambda: self._backup.tensors_to_item(keys_to_tensors),
            lambda: item,
        )


class SparseTensor(ItemHandler):
    """Makes a sparse tensor of rank 1 of a feature with its indices and one with its values.

    Args:
        indices_key, values_key: names of these features; default: indices and values.
        shape_key: name of the feature with the shape.
        shape: the shape itself.
        densify: make a dense tensor of it.
        default_value: what that has elsewhere.
    """

    def __init__(
        self,
        indices_key: str | None = None,
        values_key: str | None = None,
        shape_key: str | None = None,
        shape: Sequence[int] | None = None,
        densify: bool = False,
        default_value: Any = 0,
    ) -> None:
        self._indices_key = indices_key or "indices"
        self._values_key = values_key or "values"
        self._shape_key = shape_key
        self._shape = shape
        self._densify = densify
        self._default_value = default_value
        super().__init__([self._indices_key, self._values_key, *([shape_key] if shape_key else [])])

    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """The tensor."""
        indices, values = keys_to_tensors[self._indices_key], keys_to_tensors[self._values_key]
        shape: Any = self._shape
        if self._shape_key:
            given = keys_to_tensors[self._shape_key]
            shape = given.values if isinstance(given, tf.SparseTensor) else given
        shape = tf.cast(tf.reshape(shape, [-1]), tf.int64) if shape is not None else values.dense_shape
        places = tf.expand_dims(tf.cast(indices.values, tf.int64), 1)
        numbers = values.values if isinstance(values, tf.SparseTensor) else values
        sparse = tf.SparseTensor(places, numbers, shape)
        return tf.sparse.to_dense(sparse, self._default_value) if self._densify else sparse


class Image(ItemHandler):
    """Makes an image of an encoded one: JPEG, PNG, GIF, BMP, or raw bytes.

    Args:
        image_key, format_key: names of the features; default: image/encoded and image/format. The format "raw" (or
            "RAW") stands for the bytes of `dtype`.
        shape: give the image this shape, [H, W, C].
        channels: how many it is decoded to.
        dtype: of the image.
        repeated: the feature has several images, all of one shape.
        dct_method: hint to the decoder of JPEG.
    """

    def __init__(
        self,
        image_key: str | None = None,
        format_key: str | None = None,
        shape: Any = None,
        channels: int = 3,
        dtype: Any = tf.uint8,
        repeated: bool = False,
        dct_method: str = "",
    ) -> None:
        self._image_key = image_key or "image/encoded"
        self._format_key = format_key or "image/format"
        self._shape = shape
        self._channels = channels
        self._dtype = tf.as_dtype(dtype)
        self._repeated = repeated
        self._dct_method = dct_method
        super().__init__([self._image_key, self._format_key])

    def tensors_to_item(self, keys_to_tensors: Tensors) -> Any:
        """The image, or the images."""
        encoded, image_format = keys_to_tensors[self._image_key], keys_to_tensors[self._format_key]
        if self._repeated:
            return tf.map_fn(lambda each: self._decode(each, image_format), encoded, fn_output_signature=self._dtype)
        return self._decode(encoded, image_format)

    def _decode(self, encoded: Any, image_format: Any) -> Any:
        is_raw = tf.logical_or(tf.equal(image_format, "raw"), tf.equal(image_format, "RAW"))
        image = tf.cond(is_raw, lambda: tf.io.decode_raw(encoded, self._dtype), lambda: self._decode_file(encoded))
        if not hooks.executing_eagerly():
            image.set_shape([None, None, self._channels])
        return image if self._shape is None else tf.reshape(image, self._shape)

    def _decode_file(self, encoded: Any) -> Any:
        """JPEG apart, for its own hint; TensorFlow tells the other formats by their first bytes.

        TF1: only 8 bits are decoded, whatever the dtype (fact: images).
        """

        def jpeg() -> Any:
            image = tf.io.decode_jpeg(encoded, self._channels, dct_method=self._dct_method)
            return tf.cast(image, self._dtype)

        def others() -> Any:
            image = tf.io.decode_image(encoded, self._channels)
            return tf.cast(image, self._dtype)

        return tf.cond(tf.io.is_jpeg(encoded), jpeg, others)


class TFExampleDecoder(DataDecoder):
    """Decodes serialized ``tf.train.Example``s (``slim.tfexample_decoder.TFExampleDecoder``).

    Args:
        keys_to_features: dictionary of the names of features to ``tf.FixedLenFeature`` or ``tf.VarLenFeature``.
        items_to_handlers: dictionary of the names of items to handlers.

    >>> slim, feature = tf.contrib.slim, tf.train.Feature(int64_list=tf.train.Int64List(value=[7]))
    >>> example = tf.train.Example(features=tf.train.Features(feature={"l": feature}))
    >>> decoder = slim.tfexample_decoder.TFExampleDecoder(
    ...     {"l": tf.FixedLenFeature([], tf.int64)}, {"label": slim.tfexample_decoder.Tensor("l")})
    >>> [int(item) for item in decoder.decode(example.SerializeToString(), ["label"])]
    [7]
    """

    def __init__(self, keys_to_features: Mapping[str, Any], items_to_handlers: Mapping[str, ItemHandler]) -> None:
        self._keys_to_features = keys_to_features
        self._items_to_handlers = items_to_handlers

    def list_items(self) -> list[str]:
        """The names of the items, in the order of their dictionary."""
        return list(self._items_to_handlers)

    def decode(self, serialized_example: Any, items: Sequence[str] | None = None) -> list[Any]:
        """The items of one example.

        Args:
            serialized_example: string, or scalar string tensor.
            items: names; default: all, in the order of their dictionary.
        """
        example = tf.io.parse_single_example(serialized_example, dict(self._keys_to_features))
        for key in sorted(self._keys_to_features):
            feature = self._keys_to_features[key]
            if isinstance(feature, tf.io.FixedLenFeature):
                example[key] = tf.reshape(example[key], feature.shape)
        wanted = self._items_to_handlers.keys() if items is None else items
        decoded = []
        for item in wanted:
            handler = self._items_to_handlers[item]
            decoded.append(handler.tensors_to_item({key: example[key] for key in handler.keys}))
        return decoded


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
