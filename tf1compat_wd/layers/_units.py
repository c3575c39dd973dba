"""What a layer is built once for, a pass or a graph; and what is kept there: memories of layers, counters of names."""

from __future__ import annotations

import functools
import re
from typing import Any

from tf1compat_wd._core import passes
from tf1compat_wd._core import tensorflow_hooks as hooks

# Attributes of a pass or a graph: the memories of layers that have gone on to another one, and counters of names.
MEMORIES = "_tf1compat_wd_layers"
_NAMES = "_tf1compat_wd_layer_names"


def current_unit() -> Any:
    """What a layer is built once for: the current pass or, in graph mode, the graph."""
    here = passes.current()
    return hooks.outermost_graph(hooks.default_graph()) if here is None else here


def kept_by(unit: Any, attribute: str) -> dict[Any, Any]:
    """A dictionary of ours that lives as long as the pass or graph."""
    try:
        return getattr(unit, attribute)
    except AttributeError:
        kept: dict[Any, Any] = {}
        setattr(unit, attribute, kept)
        return kept


def unique_object_name(base: str) -> str:
    """dense_1, dense_2, ...: TF1 counts the unnamed layer objects of a graph; we, those of a pass."""
    counts = kept_by(current_unit(), _NAMES)
    counts[base] = counts.get(base, 0) + 1
    return f"{base}_{counts[base]}"


@functools.cache
def snake_case(class_name: str) -> str:
    """MyLayer: my_layer. Conv2DTranspose: conv2d_transpose."""
    words = re.sub("(.)([A-Z][a-z0-9]+)", r"\1_\2", class_name)
    words = re.sub("([a-z])([A-Z])", r"\1_\2", words).lower()
    return f"private{words}" if words.startswith("_") else words


hooks.keep_from_autograph(__name__)
