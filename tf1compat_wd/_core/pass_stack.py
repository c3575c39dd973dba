"""The passes that are open: in each thread, innermost last, and in the graph whose collections they replace.

What a pass is and holds is told in `passes`; here it is anything with a store, a graph, collections and the user's
line where it was entered.
"""

from __future__ import annotations

import threading
from typing import Any

from tf1compat_wd._core import errors, modes
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_store import VariableStore

#: Where the collections of an open pass keep what its graph had before.
OURS = ("__tf1compat_wd",)
#: Entries of a pass's collections that only make TensorFlow, and us, find the pass.
INTERNAL = (hooks.VARIABLE_STORE_KEY, hooks.SCOPE_STORE_KEY, OURS)


class _Installed:
    """What stands in a graph while passes are open there.

    Two replica threads that wait for each other in a ``merge_call`` have their passes open in one graph at the
    same time and leave them in any order; the graph's own collections come back with the last one.
    """

    __slots__ = ("open", "original")

    def __init__(self, original: dict[Any, list[Any]]) -> None:
        self.original = original
        self.open: list[Any] = []


class _Thread(threading.local):
    """The passes that this thread has entered, innermost last."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[Any] = []
        self.top: Any = None


thread = _Thread()


def push(entered: Any, graph: hooks.Graph) -> None:
    """Make `entered` the current pass of this thread, and its collections those of `graph`, the default one."""
    before = hooks.collections_of(graph)
    if before is not entered.collections:
        if OURS not in entered.collections:  # else it is joined inside a pass that is nested in it
            installed = before.get(OURS, (None,))[0] or _Installed(before)
            installed.open.append(entered)
            for key in before:
                if key.__class__ is tuple and key not in INTERNAL:
                    entered.collections[key] = before[key]
            entered.collections[OURS] = [installed]
        hooks.install_collections(graph, entered.collections)
    thread.stack.append(entered)
    thread.top = entered


def pop(left: Any, graph: hooks.Graph) -> None:
    """Undo the last `push`, which was that of `left` in `graph`."""
    stack = thread.stack
    stack.pop()
    if stack:
        thread.top = stack[-1]
        if left in stack:  # it was joined, perhaps inside a pass that is nested in it
            hooks.install_collections(graph, stack[-1].collections)
            return
    else:
        thread.top = None
    installed: _Installed | None = left.collections.get(OURS, (None,))[0]
    if installed is None:
        return
    remaining = installed.open
    remaining.remove(left)
    if remaining:
        mine = [each for each in remaining if each in stack]
        hooks.install_collections(graph, (mine or remaining)[-1].collections)
    else:
        hooks.install_collections(graph, installed.original)
    del left.collections[OURS]


def drop_left_open() -> RuntimeError | None:
    """Forget passes whose trace has ended without leaving them; returns the error to raise for them."""
    if not thread.stack:
        return None
    stale = [p for p in thread.stack if hooks.is_function_graph(p.graph) and hooks.is_graph_finished(p.graph)]
    if not stale:
        return None
    thread.stack[:] = [p for p in thread.stack if p not in stale]
    thread.top = thread.stack[-1] if thread.stack else None
    return errors.left_open(stale[0].store.name, stale[0].entered_at)


def find_open(store: VariableStore) -> Any:
    """The pass of `store` that this thread has open in the current graph, to be joined."""
    if not thread.stack:
        return None
    unit = modes.unit_graph(hooks.default_graph())
    for entered in reversed(thread.stack):
        if entered.store is store and entered.graph is unit:
            return entered
    return None


hooks.keep_from_autograph(__name__)
