"""GPUs that a script names and the machine doesn't have: what was meant for them runs on the CPU.

In TF1 that took ``ConfigProto(allow_soft_placement=True)``; without it `Session.run` raised InvalidArgumentError, which
still helps nobody who has no GPU. Eager mode has been soft since TensorFlow 2.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from typing import Any

from tf1compat_wd.cli.messages import hint

_has_told = False


def allow() -> None:
    """From now on have sessions of this process place softly, if there is no GPU."""
    v1 = sys.modules["tensorflow"].compat.v1
    # TensorFlow's own classes, because its monitored sessions, supervisors and estimators open them.
    for session in (v1.Session, v1.InteractiveSession):
        session.__init__ = _softly(session.__init__)


def _softly(original: Callable[..., None]) -> Callable[..., None]:
    @functools.wraps(original)
    def __init__(self: Any, target: str = "", graph: Any = None, config: Any = None) -> None:
        if not target and not (config and config.allow_soft_placement):
            config = _soft(graph, config)
        original(self, target, graph, config)

    return __init__


def _soft(graph: Any, config: Any) -> Any:
    """Return `config` with soft placement; as it is if there is a GPU."""
    tensorflow = sys.modules["tensorflow"]
    if tensorflow.config.list_physical_devices("GPU"):
        return config
    v1 = tensorflow.compat.v1
    _tell_once(graph or v1.get_default_graph())
    soft = v1.ConfigProto()
    if config is not None:
        soft.CopyFrom(config)
    soft.allow_soft_placement = True
    return soft


def _tell_once(graph: Any) -> None:
    global _has_told
    device = None if _has_told else next(_gpus(graph), None)
    if device is not None:
        _has_told = True
        hint(
            f"there is no GPU here: what the script puts on {device} runs on the CPU, "
            "as with tf.ConfigProto(allow_soft_placement=True)"
        )


def _gpus(graph: Any) -> Iterator[str]:
    return (operation.device for operation in graph.get_operations() if "/device:GPU" in operation.device)
