"""Name scopes: the current one, and names moved out of one or into one."""

from __future__ import annotations

import re

from tf1compat_wd._core import tensorflow_hooks as hooks


def get_name_scope() -> str:
    """The current name scope without a slash at its end, "" at the root.

    >>> with tf.Graph().as_default(), tf.name_scope("a"), tf.name_scope("b"):
    ...     tf.contrib.framework.get_name_scope()
    'a/b'
    """
    if hooks.executing_eagerly():
        return hooks.eager_name_scope().rstrip("/")
    return str(hooks.default_graph().get_name_scope())


def strip_name_scope(name: str, export_scope: str | None) -> str:
    """`name` without the scope `export_scope` in front of it; control (``^``) and colocation (``loc:@``) marks stay.

    >>> tf.contrib.framework.strip_name_scope("^a/b/c", "a")
    '^b/c'
    """
    if not export_scope:
        return name
    scope = re.escape(export_scope.rstrip("/"))
    return re.sub(rf"^(\^|loc:@|){scope}/", r"\1", name)


def prepend_name_scope(name: str, import_scope: str | None) -> str:
    """`name` with the scope `import_scope` in front of it; control (``^``) and colocation (``loc:@``) marks stay first.

    >>> tf.contrib.framework.prepend_name_scope("loc:@b", "a")
    'loc:@a/b'
    """
    if not import_scope:
        return name
    scope = import_scope.rstrip("/")
    mark = next((mark for mark in ("^", "loc:@") if name.startswith(mark)), "")
    return f"{mark}{scope}/{name[len(mark) :]}"


hooks.keep_from_autograph(__name__)
