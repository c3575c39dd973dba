"""The argument keep_dims, which TensorFlow 1.5 renamed to keepdims.

Before:

    tf.reduce_mean(x, 1, keep_dims=True)

After:

    tf.reduce_mean(x, 1, keepdims=True)
"""

from __future__ import annotations

from collections.abc import Iterator

from tf1compat_wd.cli.rewrite.arguments import renamed_arguments
from tf1compat_wd.cli.rewrite.source import Change, Note, Source
from tf1compat_wd.names import signature_of, tf1_names


def fix(source: Source) -> Iterator[Change | Note]:
    """Rename keep_dims in all functions of TF 1.15 that take both names."""
    functions = [
        name
        for name in {name for _, name in source.calls()}
        if name in tf1_names() and _takes(signature_of(name) or "", "keep_dims", "keepdims")
    ]
    yield from renamed_arguments(source, "keep_dims", "keepdims", functions)


def _takes(signature: str, *arguments: str) -> bool:
    names = [part.partition("=")[0].strip() for part in signature.split(",")]
    return all(argument in names for argument in arguments)
