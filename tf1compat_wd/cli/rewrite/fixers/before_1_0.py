"""Names that TensorFlow 1.0 renamed.

Before:

    y = tf.mul(tf.pack([a, b]), c)
    z = tf.concat(1, [y, y])
    s = tf.split(0, 2, z)

After:

    y = tf.multiply(tf.stack([a, b]), c)
    z = tf.concat([y, y], 1)
    s = tf.split(z, 2, 0)

Only where the new function takes the arguments that the call has in the same order; `tf.scalar_summary` and its kind,
whose first argument changed its meaning, are left to you.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.names import renamed
from tf1compat_wd.cli.rewrite.source import Change, Edit, Note, Source
from tf1compat_wd.names.not_offered import BEFORE_1_0

# How many arguments in front have kept their places, and the names of arguments that have kept theirs.
_SAME = {
    **dict.fromkeys(("tf.mul", "tf.sub", "tf.listdiff", "tf.batch_cholesky_solve", "tf.concat_v2"), (2, ("name",))),
    **dict.fromkeys(("tf.mul", "tf.sub"), (2, ("x", "y", "name"))),
    **dict.fromkeys(("tf.neg", "tf.inv", "tf.complex_abs"), (1, ("x", "name"))),
    "tf.pack": (1, ("values", "axis", "name")),
    "tf.unpack": (2, ("value", "num", "axis", "name")),
    "tf.select": (3, ("condition", "name")),
    "tf.batch_matmul": (2, ("name",)),
    "tf.image.per_image_whitening": (1, ("image",)),
    **dict.fromkeys(
        (
            "tf.batch_cholesky", "tf.batch_fft", "tf.batch_ifft", "tf.batch_matrix_determinant",
            "tf.batch_matrix_diag", "tf.batch_matrix_diag_part", "tf.batch_matrix_inverse",
            "tf.batch_matrix_transpose",
        ),
        (1, ("name",)),
    ),
    **dict.fromkeys(("tf.batch_matrix_set_diag", "tf.batch_matrix_solve"), (2, ("name",))),
    "tf.nn.deconv2d": (5, ("value", "filter", "output_shape", "strides", "padding", "name")),
    "tf.nn.rnn": (6, ("cell", "inputs", "initial_state", "dtype", "sequence_length", "scope")),
    "tf.nn.bidirectional_rnn": (
        8,
        (
            "cell_fw", "cell_bw", "inputs", "initial_state_fw", "initial_state_bw", "dtype", "sequence_length",
            "scope",
        ),
    ),
    "tf.merge_summary": (1, ("inputs", "name")),
    "tf.merge_all_summaries": (0, ()),
    "tf.train.SummaryWriter": (2, ("logdir", "graph")),
}  # fmt: skip


def fix(source: Source) -> Iterator[Change | Note]:
    """Rename functions, and put the arguments of concat and split in today's order."""
    called = {id(node.func): node for node in ast.walk(source.tree) if isinstance(node, ast.Call)}
    for use in source.uses:
        if use.name not in BEFORE_1_0 or not isinstance(use.node, ast.expr):
            continue
        new = BEFORE_1_0[use.name]
        call = called.get(id(use.node))
        if call is None:
            yield Note(use.node.lineno, f"{use.name} is {new} since TensorFlow 1.0")
            continue
        if use.name not in _SAME or not _fits(call, *_SAME[use.name]):
            yield Note(use.node.lineno, f"{use.name} is {new} since TensorFlow 1.0, with other arguments")
            continue
        edit = renamed(source, use, new)
        yield Change((edit,)) if edit else Note(use.node.lineno, f"{use.name} is {new} since TensorFlow 1.0")
    for node, name in source.calls():
        if name in ("tf.concat", "tf.split"):
            yield from _reordered(source, node, name)


def _fits(call: ast.Call, count: int, names: tuple[str, ...]) -> bool:
    plain = not any(isinstance(argument, ast.Starred) for argument in call.args)
    return plain and len(call.args) <= count and all(keyword.arg in names for keyword in call.keywords)


def _reordered(source: Source, node: ast.Call, name: str) -> Iterator[Change | Note]:
    """tf.concat(0, [a, b]): TF1 would have raised, so that it can only be the order of 2016."""
    count = 2 if name == "tf.concat" else 3
    if len(node.args) != count or not _is_integer(node.args[0]) or _is_integer(node.args[-1]):
        return
    if any(keyword.arg != "name" for keyword in node.keywords) or any(isinstance(a, ast.Starred) for a in node.args):
        return
    if name == "tf.concat" and not isinstance(node.args[1], (ast.List, ast.Tuple, ast.ListComp)):
        yield Note(node.lineno, "tf.concat takes the axis last since TensorFlow 1.0; this looks like the old order")
        return
    first, last = node.args[0], node.args[-1]
    if not source.is_really_at(node):
        yield Note(node.lineno, f"{name} has the order of arguments of TensorFlow 0.x")
        return
    places = [(source.start(each), source.end(each)) for each in (first, last)]
    texts = [source.text(*place) for place in places]
    yield Change((Edit(*places[0], texts[1]), Edit(*places[1], texts[0])))


def _is_integer(node: ast.expr) -> bool:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return isinstance(node, ast.Constant) and type(node.value) is int
