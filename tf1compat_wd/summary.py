"""``tf.summary``: serialized summaries, with TF1's tags, in every mode.

A summary is a string tensor, as in TF1. In graph mode a session evaluates it and a `FileWriter` writes it. Outside
it, give it to a `FileWriter` yourself; or let a TF2 writer be active, ``with
tf2.summary.create_file_writer(...).as_default()``, and it is written where it is made, at the step that
``tf2.summary.experimental.set_step`` set, else at the global step of the pass, else at 0. A ``tf.function`` writes only
if the writer was active when it was traced.

String operations run on the CPU and cannot be compiled by XLA: keep summaries out of a ``jit_compile`` function.
"""

from __future__ import annotations

import contextlib
import functools
import re
from collections.abc import Iterator
from typing import Any

import tensorflow as tf

from tf1compat_wd import _namespace
from tf1compat_wd._core import collection_items, errors, graph_collections, modes, name_scope
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.train import _training_util

__all__ = [
    "FileWriter",
    "FileWriterCache",
    "audio",
    "histogram",
    "image",
    "merge",
    "merge_all",
    "scalar",
    "tensor_summary",
    "text",
]

_v1 = tf.compat.v1.summary
_Keys = tf.compat.v1.GraphKeys
_ILLEGAL = re.compile(r"[^-/\w\.]")


# ---------------------------------------------------------------------------------------- making summaries


def scalar(name: str, tensor: Any, collections: Any = None, family: str | None = None) -> Any:
    """A summary of one number (``tf.summary.scalar``).

    Args:
        name: becomes the tag, under the current name scope, counted up if it is taken.
        tensor: real numeric tensor [].
        collections: list of keys in place of SUMMARIES.
        family: prefix of the tag, which TensorBoard groups by.

    Returns:
        String tensor []: a serialized ``Summary``.

    >>> import tensorflow as tf2
    >>> with tf.tracking.VariableTrackingScope("net"):
    ...     merged = tf.summary.merge([tf.summary.scalar("loss", 0.5), tf.summary.scalar("loss", 1.5)])
    >>> [value.tag for value in tf.Summary.FromString(merged.numpy()).value]
    ['loss', 'loss_1']
    """
    with _tag(name, family, [tensor]) as (tag, scope):
        summary = tf.raw_ops.ScalarSummary(tags=tag, values=tensor, name=scope)
    return _done(summary, tag, collections)


def histogram(name: str, values: Any, collections: Any = None, family: str | None = None) -> Any:
    """A summary of how the elements of `values` are distributed (``tf.summary.histogram``).

    Args:
        name, collections, family: as for `scalar`.
        values: real numeric tensor of any shape.
    """
    with _tag(name, family, [values], "HistogramSummary") as (tag, scope):
        summary = tf.raw_ops.HistogramSummary(tag=tag, values=values, name=scope)
    return _done(summary, tag, collections)


def image(name: str, tensor: Any, max_outputs: Any = 3, collections: Any = None, family: str | None = None) -> Any:
    """A summary of images (``tf.summary.image``), tagged ``<name>/image``, or ``<name>/image/0``, ... if several.

    Args:
        name, collections, family: as for `scalar`.
        tensor: [batch, height, width, channels], uint8 or float; 1, 3 or 4 channels.
        max_outputs: how many of the batch are kept at most.
    """
    with _tag(name, family, [tensor]) as (tag, scope):
        if modes.current_mode() == modes.EAGER:
            summary = _image_in_function()(tf.constant(tag), tf.convert_to_tensor(tensor), int(max_outputs))
        else:
            summary = _image(tag, tensor, max_outputs, scope)
    return _done(summary, tag, collections)


def audio(
    name: str,
    tensor: Any,
    sample_rate: Any,
    max_outputs: Any = 3,
    collections: Any = None,
    family: str | None = None,
) -> Any:
    """A summary of sounds (``tf.summary.audio``), tagged ``<name>/audio``, or ``<name>/audio/0``, ... if several.

    Args:
        name, collections, family: as for `scalar`.
        tensor: float32 [batch, frames] or [batch, frames, channels], from -1 to 1.
        sample_rate: float32 [], samples per second.
        max_outputs: how many of the batch are kept at most.
    """
    with _tag(name, family, [tensor]) as (tag, scope):
        summary = tf.raw_ops.AudioSummaryV2(
            tag=tag,
            tensor=tensor,
            sample_rate=tf.convert_to_tensor(sample_rate, tf.float32, name="sample_rate"),
            max_outputs=max_outputs,
            name=scope,
        )
    return _done(summary, tag, collections)


def tensor_summary(
    name: str,
    tensor: Any,
    summary_description: Any = None,
    collections: Any = None,
    summary_metadata: Any = None,
    family: str | None = None,
    display_name: str | None = None,
) -> Any:
    """A summary of a whole tensor (``tf.summary.tensor_summary``).

    Args:
        name, collections, family: as for `scalar`.
        tensor: of any dtype and shape.
        summary_description: text about it, in the metadata.
        summary_metadata: a ``SummaryMetadata`` that says which plugin of TensorBoard shows it.
        display_name: name to show in place of the tag.
    """
    metadata = tf.compat.v1.SummaryMetadata() if summary_metadata is None else summary_metadata
    if display_name is not None:
        metadata.display_name = display_name
    if summary_description is not None:
        metadata.summary_description = summary_description
    with _tag(name, family, [tensor]) as (tag, scope):
        summary = tf.raw_ops.TensorSummaryV2(
            tag=tag, tensor=tensor, serialized_summary_metadata=metadata.SerializeToString(), name=scope
        )
    return _done(summary, tag, collections)


def text(name: str, tensor: Any, collections: Any = None) -> Any:
    """A summary of text (``tf.summary.text``), which TensorBoard shows as Markdown.

    Args:
        name, collections: as for `scalar`.
        tensor: string tensor of any shape; a matrix is shown as a table.

    Raises:
        ValueError: `tensor` holds no strings.
    """
    tensor = tf.convert_to_tensor(tensor)
    if tensor.dtype != tf.string:
        raise ValueError(f"Expected tensor {tensor} to have dtype string, got {tensor.dtype}")
    metadata = tf.compat.v1.SummaryMetadata(plugin_data=tf.compat.v1.SummaryMetadata.PluginData(plugin_name="text"))
    return tensor_summary(name, tensor, collections=collections, summary_metadata=metadata)


def merge(inputs: Any, collections: Any = None, name: str | None = None) -> Any:
    """One serialized summary of several (``tf.summary.merge``).

    Args:
        inputs: list of summaries.
        collections: list of keys to add the result to; by default none.
        name: of the operation.
    """
    if not inputs:
        raise ValueError("List argument 'inputs' to 'MergeSummary' Op with length 0 shorter than minimum length 1.")
    name = _clean(name)
    with name_scope.name_scope(name, "Merge", list(inputs)):
        merged = tf.raw_ops.MergeSummary(inputs=list(inputs), name=name)
    graph_collections.add_to_collections(collections or [], merged)
    return merged


def merge_all(key: Any = _Keys.SUMMARIES, scope: str | None = None, name: str | None = None) -> Any:
    """One serialized summary of all that this graph or pass has collected; None if there is none.

    Args:
        key: the collection.
        scope: only those whose name begins with this regular expression.
        name: of the operation.
    """
    collected = graph_collections.get_collection(key, scope)
    return merge(collected, name=name) if collected else None


@contextlib.contextmanager
def _tag(
    name: str, family: str | None, values: list[Any], default_name: str | None = None
) -> Iterator[tuple[str, str]]:
    """Open the name scope of a summary; gives its tag, and the name of its operation."""
    name, family = _clean(name), _clean(family)
    if name is None and default_name is None:
        raise ValueError("At least one of name (None) and default_name (None) must be provided.")
    base = name if family is None else f"{family}/{name}"
    if base == "":
        raise errors.not_a_node_name(base)
    with name_scope.name_scope(base, default_name, values) as scope:
        tag = scope.rstrip("/")
        yield (tag if family is None else f"{family}/{tag}"), scope


def _clean(name: str | None) -> str | None:
    """`name` with what a tag can't have replaced by underscores, as TF1 does, and says once in the log."""
    if name is None:
        return None
    legal = _ILLEGAL.sub("_", name).lstrip("/")
    if legal != name:
        tf.compat.v1.logging.info("Summary name %s is illegal; using %s instead.", name, legal)
    return legal


def _image(tag: Any, tensor: Any, max_images: int, name: str | None = None) -> Any:
    red = tf.make_tensor_proto([255, 0, 0, 255], tf.uint8)  # marks what is not a number
    return tf.raw_ops.ImageSummary(tag=tag, tensor=tensor, max_images=max_images, bad_color=red, name=name)


@functools.cache
def _image_in_function() -> Any:
    """`_image` as a function: eagerly TensorFlow can't run an operation that has a tensor as attribute."""
    return tf.function(_image, reduce_retracing=True)


def _done(summary: Any, tag: str, collections: Any) -> Any:
    if modes.current_mode() != modes.GRAPH:
        collection_items.give_name(summary, f"{tag}:0")
        _write_where_a_writer_is_active(summary)
    graph_collections.add_to_collections([_Keys.SUMMARIES] if collections is None else collections, summary)
    return summary


def _write_where_a_writer_is_active(summary: Any) -> None:
    step = tf.summary.experimental.get_step()
    if step is None:
        step = _training_util.get_global_step()
    tf.summary.experimental.write_raw_pb(summary, step=tf.constant(0, tf.int64) if step is None else step)


# ---------------------------------------------------------------------------------------- writing them


class FileWriter(_v1.FileWriter):
    """Writes summaries and graphs to an event file (``tf.summary.FileWriter``), in eager mode too.

    Args:
        logdir: the folder.
        graph: written at once.
        max_queue, flush_secs: when what waits is written.
        graph_def: older way to give a graph.
        filename_suffix: of the file.
        session: graph mode only; see ``tf.compat.v1.summary.FileWriter``.
    """

    def __init__(
        self,
        logdir: str,
        graph: Any = None,
        max_queue: int = 10,
        flush_secs: int = 120,
        graph_def: Any = None,
        filename_suffix: str | None = None,
        session: Any = None,
    ) -> None:
        # TensorFlow's refuses to be made in eager mode; nothing that it does needs a graph.
        context = contextlib.nullcontext() if modes.current_mode() == modes.GRAPH else tf.Graph().as_default()
        with context:
            super().__init__(logdir, graph, max_queue, flush_secs, graph_def, filename_suffix, session)

    def add_summary(self, summary: Any, global_step: Any = None) -> None:
        """Write `summary`: what a session gave, an eager tensor, bytes, or a ``Summary``.

        Raises:
            RuntimeError: `summary` is a tensor of a function that is being traced.
        """
        super().add_summary(_value_of(summary, "summary"), _value_of(global_step, "global_step"))


def _value_of(thing: Any, argument: str) -> Any:
    if not tf.is_tensor(thing) or modes.current_mode() == modes.GRAPH:
        return thing
    if not hasattr(thing, "numpy") or modes.current_mode() == modes.FUNCTION:
        raise RuntimeError(
            f"FileWriter.add_summary got a tensor without a value as {argument}.\n\nThis is a tf.function that is "
            "being traced: its Python code runs only once. Return the summary and write it outside, or let a TF2 "
            "writer be active around the call: `with tf2.summary.create_file_writer(logdir).as_default():`."
        )
    value = thing.numpy()
    return value if argument == "summary" else int(value)


class FileWriterCache(_v1.FileWriterCache):
    """One `FileWriter` for each folder (``tf.summary.FileWriterCache``)."""

    _writers: dict[str, FileWriter] = {}

    @staticmethod
    def clear() -> None:
        """Close all writers and forget them."""
        for writer in FileWriterCache._writers.values():
            writer.close()
        FileWriterCache._writers.clear()

    @staticmethod
    def get(logdir: str) -> FileWriter:
        """The writer of the folder `logdir`, made if there is none yet."""
        if logdir not in FileWriterCache._writers:
            graph = tf.compat.v1.get_default_graph() if modes.current_mode() == modes.GRAPH else None
            FileWriterCache._writers[logdir] = FileWriter(logdir, graph)
        return FileWriterCache._writers[logdir]


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
