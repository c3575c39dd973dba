"""``tf.train.warm_start``: first values from a checkpoint, by patterns, other names and vocabularies."""

from __future__ import annotations

import re
import weakref
from collections.abc import Mapping
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import checkpoint_files, checkpoints, graph_collections, passes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.train._checkpoint_utils import init_from_checkpoint, may_set

_v1 = tf.compat.v1
_Keys = _v1.GraphKeys

Variable = Any


def warm_start(
    ckpt_to_initialize_from: str,
    vars_to_warm_start: Any = ".*",
    var_name_to_vocab_info: Mapping[str, Any] | None = None,
    var_name_to_prev_var_name: Mapping[str, str] | None = None,
) -> None:
    """Let variables start with values from a checkpoint, by their own names (``tf.train.warm_start``).

    As with `init_from_checkpoint`, variables get their values once.

    Args:
        ckpt_to_initialize_from: the checkpoint, or a folder for the latest one in it.
        vars_to_warm_start: regular expression for trainable variables; list of regular expressions for global
            variables; list of variables; or None, for those of `var_name_to_vocab_info` only.
        var_name_to_vocab_info: from names to ``tf.train.VocabInfo``: rows (or columns) are put where the new vocabulary
            has them.
        var_name_to_prev_var_name: from names to the names in the checkpoint, where these differ.

    Raises:
        ValueError: a name is missing in the checkpoint, a shape differs, or a given name was not used.

    Source: facts of the topic checkpoints.
    """
    here = passes.current()
    if here is None:
        _v1.train.warm_start(
            ckpt_to_initialize_from, vars_to_warm_start, var_name_to_vocab_info, var_name_to_prev_var_name
        )
        return
    vocabularies, earlier_names = dict(var_name_to_vocab_info or {}), dict(var_name_to_prev_var_name or {})
    groups = _by_name(_choose(vars_to_warm_start))
    if vocabularies:
        everything = _by_name(graph_collections.get_collection(_Keys.GLOBAL_VARIABLES))
        groups.update({name: everything[name] for name in vocabularies if name in everything})
    given = {"var_name_to_prev_var_name": earlier_names, "var_name_to_vocab_info": vocabularies}
    for argument, names in given.items():
        unused = set(names) - set(groups)
        if unused:
            raise ValueError(
                f"You provided the following variables in {argument} that were not used: {unused}.  Perhaps you "
                f"misspelled them?  Here is the list of viable variable names: {groups.keys()}"
            )
    init_from_checkpoint(
        ckpt_to_initialize_from,
        {
            earlier_names.get(name, name): group[0] if checkpoint_files.slice_of(group[0]) is None else group
            for name, group in groups.items()
            if name not in vocabularies
        },
    )
    for name, vocabulary in vocabularies.items():
        if all(may_set(variable, here) for variable in groups[name]):
            _remap(
                ckpt_to_initialize_from,
                name,
                earlier_names.get(name, name),
                vocabulary,
                groups[name],
                weakref.ref(here),
            )


def _choose(wanted: Any) -> list[Variable]:
    if wanted is None:
        return []
    if isinstance(wanted, str):
        return graph_collections.get_collection(_Keys.TRAINABLE_VARIABLES, scope=wanted)
    if not isinstance(wanted, list):
        raise ValueError(f"`vars_to_warm_start must be a list or string.  Found type {type(wanted)}")
    if all(isinstance(item, str) for item in wanted):
        matches = [re.compile(pattern).match for pattern in wanted]
        everything = graph_collections.get_collection(_Keys.GLOBAL_VARIABLES)
        return [variable for variable in everything if any(match(variable.name) for match in matches)]
    if all(isinstance(item, tf.Variable) for item in wanted):
        return list(wanted)
    raise ValueError(
        "If `vars_to_warm_start` is a list, it must be all `Variable` or all `str`.  Given types are "
        f"{[type(item) for item in wanted]}"
    )


def _by_name(variables: list[Variable]) -> dict[str, list[Variable]]:
    """Variables, and the shards of partitioned ones together, by the name in TF1's checkpoints."""
    groups: dict[str, list[Variable]] = {}
    for variable in variables:
        groups.setdefault(checkpoint_files.entry_of(variable).name, []).append(variable)
    return groups


def _remap(path: str, name: str, name_in_file: str, vocabulary: Any, group: list[Variable], given_by: Any) -> None:
    """Let TensorFlow put a value in the order of a new vocabulary, in a graph of its own."""
    entries = [checkpoint_files.entry_of(variable) for variable in group]
    with tf.Graph().as_default(), _v1.Session() as session:
        whole = _v1.get_variable(name, list(entries[0].full_shape), group[0].dtype, _v1.zeros_initializer())
        _v1.train.warm_start(path, None, {name: vocabulary}, {name: name_in_file})
        session.run(whole.initializer)
        value = session.run(whole)
    checkpoints.assign(entries, [value if e.slice is None else e.slice.cut(value) for e in entries], given_by=given_by)


hooks.keep_from_autograph(__name__)
