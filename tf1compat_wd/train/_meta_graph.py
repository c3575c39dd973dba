"""Graphs as protocol buffers: TensorFlow's own in graph mode, an error that helps elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import sessions
from tf1compat_wd._core import tensorflow_hooks as hooks

_v1 = tf.compat.v1.train


def require_graph(what: str) -> None:
    """Raise RuntimeError unless in graph mode."""
    sessions.require_graph_mode(
        what,
        "Exporting/importing meta graphs is not supported when eager execution is enabled. No graph exists when eager "
        "execution is enabled.",
    )


def export_meta_graph(
    filename: str | None = None,
    meta_info_def: Any = None,
    graph_def: Any = None,
    saver_def: Any = None,
    collection_list: Sequence[str] | None = None,
    as_text: bool = False,
    graph: Any = None,
    export_scope: str | None = None,
    clear_devices: bool = False,
    clear_extraneous_savers: bool = False,
    strip_default_attrs: bool = False,
    save_debug_info: bool = False,
    **kwargs: Any,
) -> Any:
    """The graph, its collections and a saver as a protocol buffer (``tf.train.export_meta_graph``); graph mode only."""
    require_graph("tf.train.export_meta_graph")
    return _v1.export_meta_graph(
        filename, meta_info_def, graph_def, saver_def, collection_list, as_text, graph, export_scope, clear_devices,
        clear_extraneous_savers, strip_default_attrs, save_debug_info, **kwargs,
    )  # fmt: skip


hooks.keep_from_autograph(__name__)
