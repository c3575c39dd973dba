"""What variables began with, as long as an eager pass may ask for it.

A TF1 graph initializes its variables before it trains: a moving average that the program makes after its optimizer
still begins with the variable's initial value. Eagerly the optimizer has changed the variable by then.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks

Variable = Any
Tensor = Any


class FirstValues:
    """The first values of the variables that one eager pass has made.

    The long pass of the ambient scope does not end, and would hold them for good: there they are kept only from a
    variable's first step to the next one.
    """

    def __init__(self, ambient: bool) -> None:
        self._ambient = ambient
        self._values: dict[int, Tensor] = {}  # by the variable's id
        self._trained: set[int] = set()  # likewise; in the ambient pass

    def of(self, variable: Variable) -> Tensor:
        """What `variable` began with if this pass has made it, else what it is now."""
        found = self._values.get(id(variable))
        return variable.read_value() if found is None else found

    def made(self, variable: Variable) -> None:
        """The pass has made `variable`."""
        if not self._ambient:
            self._keep(variable)

    def about_to_train(self, variables: Iterable[Variable]) -> None:
        """An optimizer is going to change `variables`."""
        if not self._ambient:
            return
        self.clear()
        for variable in variables:
            if id(variable) not in self._trained:
                self._trained.add(id(variable))
                self._keep(variable)

    def clear(self) -> None:
        """Let go of the memory."""
        self._values.clear()

    def _keep(self, variable: Variable) -> None:
        with tf.init_scope():  # no business of a gradient tape
            self._values[id(variable)] = variable.read_value()


hooks.keep_from_autograph(__name__)
