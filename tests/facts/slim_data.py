"""`tf.contrib.slim.tfexample_decoder` and its kind: items from serialized examples.

Readers and queues need threads, so they are tested in tests/contrib/test_slim_data.py.
"""

import struct
import zlib

import numpy as np

from facts.vocabulary import error_of


def _feature(tf, value):
    if isinstance(value[0], bytes):
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=value))
    if isinstance(value[0], float):
        return tf.train.Feature(float_list=tf.train.FloatList(value=value))
    return tf.train.Feature(int64_list=tf.train.Int64List(value=value))


def _example(tf, **features):
    features = {name.replace("__", "/"): _feature(tf, value) for name, value in features.items()}
    return tf.train.Example(features=tf.train.Features(feature=features)).SerializeToString()


def _decoded(tf, serialized, keys_to_features, items_to_handlers, items=None):
    decoder = tf.contrib.slim.tfexample_decoder.TFExampleDecoder(keys_to_features, items_to_handlers)
    return [decoder.list_items(), decoder.decode(tf.constant(serialized), items)]


def tensors_of_features(tf):
    handlers = tf.contrib.slim.tfexample_decoder
    serialized = _example(tf, number=[7], row=[1.0, 2.0, 3.0, 4.0], words=[b"a", b"b"])
    return _decoded(
        tf,
        serialized,
        {
            "number": tf.FixedLenFeature([], tf.int64),
            "row": tf.FixedLenFeature([4], tf.float32),
            "words": tf.VarLenFeature(tf.string),
            "missing": tf.FixedLenFeature([2], tf.int64, default_value=[5, 6]),
            "absent": tf.VarLenFeature(tf.float32),
        },
        {
            "number": handlers.Tensor("number"),
            "as a matrix": handlers.Tensor("row", shape=[2, 2]),
            "words": handlers.Tensor("words", default_value=""),
            "missing": handlers.Tensor("missing"),
            "absent": handlers.Tensor("absent"),
        },
        ["as a matrix", "number", "words", "missing", "absent"],
    )


def tensors_with_shapes_of_their_own(tf):
    handlers = tf.contrib.slim.tfexample_decoder
    serialized = _example(tf, values=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], shape=[2, 3], height=[3], width=[2])
    features = {
        "values": tf.VarLenFeature(tf.float32),
        "shape": tf.FixedLenFeature([2], tf.int64),
        "height": tf.FixedLenFeature([], tf.int64),
        "width": tf.FixedLenFeature([], tf.int64),
    }
    return _decoded(
        tf,
        serialized,
        features,
        {
            "one key": handlers.Tensor("values", shape_keys="shape"),
            "two keys": handlers.Tensor("values", shape_keys=["height", "width"]),
        },
        ["one key", "two keys"],
    ) + [error_of(handlers.Tensor, "values", shape_keys="shape", shape=[6])]


def boxes(tf):
    handlers = tf.contrib.slim.tfexample_decoder
    sides = {"ymin": [0.1, 0.5], "xmin": [0.2, 0.6], "ymax": [0.3, 0.7], "xmax": [0.4, 0.8]}
    serialized = _example(tf, **{"box__" + side: values for side, values in sides.items()})
    features = {"box/" + side: tf.VarLenFeature(tf.float32) for side in sides}
    order = ["xmin", "ymin", "xmax", "ymax"]
    handler = handlers.BoundingBox(prefix="box/")
    return _decoded(
        tf, serialized, features, {"boxes": handler, "xy": handlers.BoundingBox(order, "box/")}, ["boxes", "xy"]
    ) + [handler.keys, error_of(handlers.BoundingBox, ["a", "b"])]


def sparse_tensors(tf):
    handlers = tf.contrib.slim.tfexample_decoder
    serialized = _example(tf, indices=[0, 3], values=[5.0, 6.0], size=[6])
    features = {
        "indices": tf.VarLenFeature(tf.int64),
        "values": tf.VarLenFeature(tf.float32),
        "size": tf.FixedLenFeature([1], tf.int64),
    }
    _, (first, second, third) = _decoded(
        tf,
        serialized,
        features,
        {
            "sparse": handlers.SparseTensor(shape=[4]),
            "dense": handlers.SparseTensor(shape=[5], densify=True, default_value=-1.0),
            "by key": handlers.SparseTensor("indices", "values", shape_key="size", densify=True),
        },
        ["sparse", "dense", "by key"],
    )
    return [first.indices, first.values, first.dense_shape, second, third]


def _png(pixels):
    """An array [height, width, 3] as a PNG file."""
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.astype(row.dtype.newbyteorder(">")).tobytes() for row in pixels)
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8 * pixels.itemsize, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data) & 0xFFFFFFFF)
        for kind, data in chunks
    )


def images(tf):
    handlers = tf.contrib.slim.tfexample_decoder
    pixels = np.arange(48, dtype=np.uint8).reshape([4, 4, 3])
    png = _png(pixels[:2, :1])
    features = {
        "image/encoded": tf.FixedLenFeature((), tf.string, default_value=""),
        "image/format": tf.FixedLenFeature((), tf.string, default_value="raw"),
    }
    raw = _example(tf, image__encoded=[pixels.tobytes()], image__format=[b"raw"])
    upper = _example(tf, image__encoded=[pixels.tobytes()], image__format=[b"RAW"])
    encoded = _example(tf, image__encoded=[png], image__format=[b"png"])
    deep_png = _png(np.array([[[1, 256, 515], [1027, 0, 65535]]], np.uint16))
    deep = _example(tf, image__encoded=[deep_png], image__format=[b"png"])
    return [
        _decoded(tf, raw, features, {"image": handlers.Image(shape=[4, 4, 3])}),
        _decoded(tf, upper, features, {"image": handlers.Image(shape=[6, 8, 1], channels=1)}),
        _decoded(tf, encoded, features, {"image": handlers.Image()}),
        _decoded(tf, encoded, features, {"image": handlers.Image(channels=1)}),
        _decoded(tf, encoded, features, {"image": handlers.Image(dtype=tf.uint16)}),
        _decoded(tf, encoded, features, {"image": handlers.Image(shape=[1, 2, 3], dct_method="INTEGER_ACCURATE")}),
        _decoded(tf, deep, features, {"image": handlers.Image(dtype=tf.uint16)}),
        _decoded(tf, deep, features, {"image": handlers.Image()}),
        _decoded(tf, encoded, features, {"image": handlers.Image(dtype=tf.float32)}),
        handlers.Image().keys,
    ]


def several_images(tf):
    handlers = tf.contrib.slim.tfexample_decoder
    features = {
        "frames": tf.FixedLenFeature((2,), tf.string),
        "image/format": tf.FixedLenFeature((), tf.string, default_value="raw"),
    }
    frames = [np.arange(start, start + 12, dtype=np.uint8).tobytes() for start in (0, 100)]
    serialized = _example(tf, frames=frames, image__format=[b"raw"])
    handler = handlers.Image("frames", shape=[2, 2, 3], repeated=True)
    return _decoded(tf, serialized, features, {"images": handler})


def an_item_by_a_function(tf):
    handlers = tf.contrib.slim.tfexample_decoder
    serialized = _example(tf, a=[3], b=[4])
    features = {name: tf.FixedLenFeature([], tf.int64) for name in ["a", "b", "c"]}
    features["c"] = tf.FixedLenFeature([], tf.int64, default_value=0)
    handler = handlers.ItemHandlerCallback(["a", "b"], lambda tensors: tensors["a"] * tensors["b"])
    keys = handlers.ItemHandlerCallback(["a", "b"], sorted)
    one = handlers.ItemHandlerCallback("a", lambda tensors: tensors["a"])
    shown = _decoded(
        tf, serialized, features, {"product": handler, "keys": keys, "one": one}, ["product", "keys", "one"]
    )
    return shown + [handler.keys, one.keys]


def a_backup_for_items_without_elements(tf):
    handlers = tf.contrib.slim.tfexample_decoder
    features = {"a": tf.VarLenFeature(tf.int64), "b": tf.VarLenFeature(tf.int64)}
    handler = handlers.BackupHandler(handlers.Tensor("a"), handlers.Tensor("b"))
    return [
        _decoded(tf, _example(tf, a=[1, 2], b=[3]), features, {"item": handler}),
        _decoded(tf, _example(tf, b=[3]), features, {"item": handler}),
        handler.keys,
        error_of(handlers.BackupHandler, handlers.Tensor("a"), None),
    ]


def a_data_set_is_a_record(tf):
    dataset = tf.contrib.slim.dataset.Dataset("files*", None, None, 7, {"image": "An image."}, num_classes=3)
    return [dataset.data_sources, dataset.num_samples, dataset.items_to_descriptions, dataset.num_classes]


def a_provider_gives_items_by_name(tf):
    provider = tf.contrib.slim.data_provider.DataProvider({"a": tf.constant(1), "b": tf.constant(2)}, 5)
    return [
        list(provider.list_items()),
        provider.num_samples(),
        provider.get(["b", "a"]),
        error_of(provider.get, "a"),
        type(error_of(provider.get, ["c"]).error).__name__,
    ]


def sizes_of_variables(tf):
    analyzer = tf.contrib.slim.model_analyzer
    variables = [tf.get_variable("w", [2, 3]), tf.get_variable("n", [4], tf.int64, trainable=False)]
    return [analyzer.analyze_vars(variables), [analyzer.tensor_description(v) for v in variables]]
