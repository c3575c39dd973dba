"""``tf.contrib.framework.nest``: what TF1 showed of nested structures beyond ``tf.nest``."""

from __future__ import annotations

from typing import Any

from tf1compat_wd import _namespace
from tf1compat_wd._core import tensorflow_hooks as hooks

__all__ = [
    "assert_shallow_structure",
    "flatten_dict_items",
    "flatten_up_to",
    "flatten_with_joined_string_paths",
    "flatten_with_tuple_paths",
    "flatten_with_tuple_paths_up_to",
    "get_traverse_shallow_structure",
    "is_sequence",
    "is_sequence_or_composite",
    "map_structure_up_to",
    "map_structure_with_paths",
    "map_structure_with_tuple_paths",
    "map_structure_with_tuple_paths_up_to",
    "yield_flat_paths",
]

_nest = hooks.tensorflows_nest

flatten_dict_items = _nest.flatten_dict_items
flatten_with_joined_string_paths = _nest.flatten_with_joined_string_paths
flatten_with_tuple_paths = _nest.flatten_with_tuple_paths
get_traverse_shallow_structure = _nest.get_traverse_shallow_structure
map_structure_up_to = _nest.map_structure_up_to
map_structure_with_paths = _nest.map_structure_with_paths
map_structure_with_tuple_paths = _nest.map_structure_with_tuple_paths
map_structure_with_tuple_paths_up_to = _nest.map_structure_with_tuple_paths_up_to
yield_flat_paths = _nest.yield_flat_paths


def is_sequence(o: Any) -> bool:
    """Is `o` a list, a tuple, a dictionary or another structure? The name that ``tf.nest.is_nested`` had.

    >>> tf.contrib.framework.nest.is_sequence([1]), tf.contrib.framework.nest.is_sequence("a")
    (True, False)
    """
    return bool(_nest.is_nested(o))


def is_sequence_or_composite(o: Any) -> bool:
    """The same, but sparse and ragged tensors count, too."""
    return bool(_nest.is_nested_or_composite(o))


def assert_shallow_structure(
    shallow_tree: Any,
    input_tree: Any,
    check_types: bool = True,
    expand_composites: bool = False,
    check_subtrees_length: bool = True,
) -> None:
    """Raise unless `shallow_tree` is the upper part of `input_tree`.

    Args:
        shallow_tree, input_tree: structures.
        check_types: lists must match lists, tuples tuples.
        expand_composites: see into sparse and ragged tensors.
        check_subtrees_length: sequences must have the same length.

    Raises:
        TypeError: something is a structure in `shallow_tree` and a leaf or of another type in `input_tree`.
        ValueError: lengths or keys differ.
    """
    if not check_subtrees_length:
        input_tree = _trimmed(shallow_tree, input_tree)
    _nest.assert_shallow_structure(shallow_tree, input_tree, check_types, expand_composites)


def _trimmed(shallow: Any, deep: Any) -> Any:
    """`deep` without what `shallow` has no counterpart for."""
    if isinstance(shallow, dict) and isinstance(deep, dict) and set(shallow) <= set(deep):
        return type(deep)((key, _trimmed(shallow[key], deep[key])) for key in shallow)
    if type(deep) in (list, tuple) and isinstance(shallow, list | tuple) and len(shallow) <= len(deep):
        return type(deep)(map(_trimmed, shallow, deep))
    return deep


def flatten_up_to(
    shallow_tree: Any,
    input_tree: Any,
    check_types: bool = True,
    expand_composites: bool = False,
    check_subtrees_length: bool = True,
) -> list[Any]:
    """What stands in `input_tree` at the leaves of `shallow_tree`.

    >>> tf.contrib.framework.nest.flatten_up_to([[True], True], [[1], [2, 3]])
    [1, [2, 3]]
    """
    if not check_subtrees_length:
        input_tree = _trimmed(shallow_tree, input_tree)
    return _nest.flatten_up_to(shallow_tree, input_tree, check_types, expand_composites)  # type: ignore[no-any-return]


def flatten_with_tuple_paths_up_to(
    shallow_tree: Any,
    input_tree: Any,
    check_types: bool = True,
    expand_composites: bool = False,
    check_subtrees_length: bool = True,
) -> list[tuple[tuple[Any, ...], Any]]:
    """As `flatten_up_to`, each with its path.

    >>> tf.contrib.framework.nest.flatten_with_tuple_paths_up_to({"a": 1}, {"a": [5]})
    [(('a',), [5])]
    """
    if not check_subtrees_length:
        input_tree = _trimmed(shallow_tree, input_tree)
    return _nest.flatten_with_tuple_paths_up_to(  # type: ignore[no-any-return]
        shallow_tree, input_tree, check_types, expand_composites
    )


__getattr__, __dir__ = _namespace.names_of(__name__)

hooks.keep_from_autograph(__name__)
