"""Decorators that warn of what is deprecated, for code that deprecates its own."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, TypeVar

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core import user_frames

Function = TypeVar("Function", bound=Callable[..., Any])


class _Notice(NamedTuple):
    """What a decorator was told, and whom it has told already."""

    date: str | None
    instructions: str
    warn_once: bool
    told: set[Any]

    @property
    def when(self) -> str:
        return "in a future version" if self.date is None else f"after {self.date}"

    def warn(self, key: Any, what: str) -> None:
        if self.warn_once and key in self.told:
            return
        self.told.add(key)
        file, line = user_frames.user_line_key()
        tf.compat.v1.logging.warning(
            "From %s:%s: %s is deprecated and will be removed %s.\nInstructions for updating:\n%s",
            file, line, what, self.when, self.instructions,
        )  # fmt: skip


def _notice(date: str | None, instructions: str, warn_once: bool) -> _Notice:
    if date is not None and not re.match(r"20\d\d-[01]\d-[0123]\d", date):
        raise ValueError(f"Date must be YYYY-MM-DD.\n\nGot {date!r}.")
    if not instructions:
        raise ValueError("Don't deprecate things without conversion instructions!")
    return _Notice(date, instructions, warn_once, set())


def _full_name(function: Any) -> str:
    return f"{getattr(function, '__qualname__', function.__name__)} (from {function.__module__})"


def _check_is_function(function: Any) -> None:
    if not hasattr(function, "__call__"):  # noqa: B004
        raise ValueError(
            f"{function} is not a function. If this is a property, make sure @property appears before @deprecated in "
            "your source code:\n\n@property\n@deprecated\ndef method(...)"
        )


def _with_notice(doc: str | None, without: str, mark: str, notice: _Notice, what: str) -> str:
    """The docstring `doc` with a mark in its first line, and the notice after it."""
    if doc is None:
        first, rest = without, ""
    else:
        first, _, rest = inspect.cleandoc(doc).partition("\n")
        first = f"{first} ({mark})"
    text = f"{first}\n\nWarning: {what}\nInstructions for updating:\n{notice.instructions}"
    return f"{text}\n\n{rest.lstrip()}" if rest.strip() else text


def deprecated(date: str | None, instructions: str, warn_once: bool = True) -> Callable[[Function], Function]:
    """Decorate a function that is deprecated: it warns when it is called.

    Args:
        date: when it will go, YYYY-MM-DD, or None.
        instructions: what to use instead.
        warn_once: warn at the first call only.

    Raises:
        ValueError: a bad date, no instructions, or what is decorated is no function.
    """
    notice = _notice(date, instructions, warn_once)

    def decorate(func: Function) -> Function:
        _check_is_function(func)

        @functools.wraps(func)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            notice.warn(None, _full_name(func))
            return func(*args, **kwargs)

        wrapper.__doc__ = _with_notice(
            func.__doc__, "DEPRECATED FUNCTION", "deprecated", notice,
            f"THIS FUNCTION IS DEPRECATED. It will be removed {notice.when}.",
        )  # fmt: skip
        return wrapper  # type: ignore[return-value]

    return decorate


def deprecated_args(
    date: str | None, instructions: str, *deprecated_arg_names_or_tuples: Any, **kwargs: Any
) -> Callable[[Function], Function]:
    """Decorate a function some of whose arguments are deprecated: it warns when they are given.

    Args:
        date, instructions: as for `deprecated`.
        *deprecated_arg_names_or_tuples: names; or pairs of a name and a value that does no harm.
        **kwargs: `warn_once`.

    Raises:
        ValueError: no names, one that the function doesn't have, or an unknown keyword.
    """
    notice = _notice(date, instructions, kwargs.pop("warn_once", True))
    if not deprecated_arg_names_or_tuples:
        raise ValueError("Specify which argument is deprecated.")
    if kwargs:
        raise ValueError(f"Illegal argument to deprecated_args: {kwargs}")
    harmless: dict[Any, list[Any]] = {}
    for each in deprecated_arg_names_or_tuples:
        name, *values = each if isinstance(each, tuple) else (each,)
        harmless[name] = values

    def decorate(func: Function) -> Function:
        _check_is_function(func)
        signature = inspect.signature(func)
        missing = [name for name in harmless if name not in signature.parameters]
        if missing:
            raise ValueError(
                f"The following deprecated arguments are not present in the function signature: {missing}. "
                f"Found next arguments: {_shown_arguments(signature)}."
            )

        def warn(bound: inspect.BoundArguments) -> None:
            for name in _given(bound):
                if name in harmless and not any(bound.arguments[name] is each for each in harmless[name]):
                    notice.warn((func, name), f"calling {_full_name(func)} with {name}")

        wrapper = _checking(func, signature, warn)
        names = ", ".join(harmless)
        wrapper.__doc__ = _with_notice(
            func.__doc__, "DEPRECATED FUNCTION ARGUMENTS", "deprecated arguments", notice,
            f"SOME ARGUMENTS ARE DEPRECATED: `({names})`. They will be removed {notice.when}.",
        )  # fmt: skip
        return wrapper

    return decorate


def deprecated_arg_values(
    date: str | None, instructions: str, warn_once: bool = True, **deprecated_kwargs: Any
) -> Callable[[Function], Function]:
    """Decorate a function some of whose arguments have deprecated values: it warns when these are given.

    Args:
        date, instructions, warn_once: as for `deprecated`.
        **deprecated_kwargs: arguments with their deprecated value.

    Raises:
        ValueError: there are none.
    """
    notice = _notice(date, instructions, warn_once)
    if not deprecated_kwargs:
        raise ValueError("Specify which argument values are deprecated.")

    def decorate(func: Function) -> Function:
        _check_is_function(func)

        def warn(bound: inspect.BoundArguments) -> None:
            for name, value in deprecated_kwargs.items():
                if name in bound.arguments and bound.arguments[name] == value:
                    notice.warn((func, name), f"calling {_full_name(func)} with {name}={value}")

        wrapper = _checking(func, inspect.signature(func), warn)
        values = ", ".join(f"{name}={value!r}" for name, value in sorted(deprecated_kwargs.items()))
        wrapper.__doc__ = _with_notice(
            func.__doc__, "DEPRECATED FUNCTION ARGUMENT VALUES", "deprecated argument values", notice,
            f"SOME ARGUMENT VALUES ARE DEPRECATED: `({values})`. They will be removed {notice.when}.",
        )  # fmt: skip
        return wrapper

    return decorate


def _checking(func: Function, signature: inspect.Signature, warn: Callable[[inspect.BoundArguments], None]) -> Function:
    @functools.wraps(func)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            bound = signature.bind(*args, **kwargs)
        except TypeError:
            return func(*args, **kwargs)  # which raises it under the function's own name
        warn(bound)
        return func(*args, **kwargs)

    return wrapper  # type: ignore[return-value]


def _given(bound: inspect.BoundArguments) -> Iterator[str]:
    for name, value in bound.arguments.items():
        kind = bound.signature.parameters[name].kind
        if value or kind not in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            yield name


def _shown_arguments(signature: inspect.Signature) -> list[str | None]:
    """The names as TF1 lists them: plain arguments, then that of ``*`` and that of ``**``, or None."""
    plain: list[str | None] = []
    variadic: dict[Any, str] = {}
    for parameter in signature.parameters.values():
        if parameter.kind in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            variadic[parameter.kind] = parameter.name
        else:
            plain.append(parameter.name)
    return [*plain, variadic.get(inspect.Parameter.VAR_POSITIONAL), variadic.get(inspect.Parameter.VAR_KEYWORD)]


hooks.keep_from_autograph(__name__)
