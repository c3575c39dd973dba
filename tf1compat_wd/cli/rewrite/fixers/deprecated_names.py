"""Names that TF 1.x had twice, and TensorFlow 2 has once or not at all: the newer one.

Before:

    init = tf.initialize_all_variables()
    best = tf.arg_max(logits, 1)
    saver = tf.train.Saver(tf.all_variables())

After:

    init = tf.global_variables_initializer()
    best = tf.argmax(logits, 1)
    saver = tf.train.Saver(tf.global_variables())

In TF 1.15 each pair does the same, makes operations of the same names, and takes the same arguments in the same order.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.names import renamed
from tf1compat_wd.cli.rewrite.source import Change, Note, Source

_RENAMED = {
    "tf.all_variables": "tf.global_variables",
    "tf.arg_max": "tf.argmax",
    "tf.arg_min": "tf.argmin",
    "tf.initialize_all_variables": "tf.global_variables_initializer",
    "tf.initialize_local_variables": "tf.local_variables_initializer",
    "tf.initialize_variables": "tf.variables_initializer",
}
# Arguments that have kept their names; those before them have kept their places.
_SAME = frozenset({"input", "output_type", "name", "var_list"})


def fix(source: Source) -> Iterator[Change | Note]:
    """Rename the functions where they are called."""
    called = {id(node.func): node for node in ast.walk(source.tree) if isinstance(node, ast.Call)}
    for use in source.uses:
        call = called.get(id(use.node))
        if use.name not in _RENAMED or call is None or any(keyword.arg not in _SAME for keyword in call.keywords):
            continue
        edit = renamed(source, use, _RENAMED[use.name])
        yield Change((edit,)) if edit else Note(call.lineno, f"{use.name} is {_RENAMED[use.name]} in TensorFlow 2")
