"""Hyperparameters by name, each of one type, changed by text such as ``rate=0.1,sizes=[32,64]``."""

from __future__ import annotations

import json
import numbers
import re
from collections.abc import Callable, Mapping
from typing import Any

from tf1compat_wd._core import tensorflow_hooks as hooks

_ASSIGNMENT = re.compile(
    r"""
    (?P<name>[a-zA-Z][\w.]*)
    (?:\[\ *(?P<index>\d+)\ *\])?
    \s*=\s*
    (?: \[ (?P<values>[^\]]*) \] | (?P<value>[^,\[]*) )
    (?:$|,\s*)
    """,
    re.VERBOSE,
)
_BOOLEANS = {"true": True, "True": True, "1": True, "false": False, "False": False, "0": False}


def parse_values(values: str, type_map: Mapping[str, type], ignore_unknown: bool = False) -> dict[str, Any]:
    """Read assignments from text (``tf.contrib.training.parse_values``).

    Args:
        values: ``name=value``, ``name=[value,value]`` and ``name[index]=value``, with commas between them.
        type_map: the type of each name's values.
        ignore_unknown: leave out names that have none, where it otherwise raises.

    Returns:
        A dict from names to values, lists of values, or dicts from indices to values.

    Raises:
        ValueError: the text can't be read, names something unknown, or assigns twice.

    Source: facts of the topic contrib_training_hparams.

    >>> tf.contrib.training.parse_values("a=1,b=[0.5,2],c[3]=x", {"a": int, "b": float, "c": str})
    {'a': 1, 'b': [0.5, 2.0], 'c': {3: 'x'}}
    """
    found: dict[str, Any] = {}
    indexed: dict[str, dict[int, Any]] = {}
    position = 0
    while position < len(values):
        match = _ASSIGNMENT.match(values, position)
        if match is None:
            raise ValueError(f"Malformed hyperparameter value: {values[position:]}")
        position = match.end()
        name = match["name"]
        if name not in type_map:
            if ignore_unknown:
                continue
            raise ValueError(f"Unknown hyperparameter type for {name}")
        read = _reader(name, type_map[name], values)
        if match["values"] is not None:
            if match["index"] is not None:
                raise ValueError("Assignment of a list to a list index.")
            if name in found:
                raise _assigned_twice(name, values)
            found[name] = [read(part) for part in re.split("[ ,]", match["values"]) if part]
        elif match["index"] is None:
            if name in found:
                raise _assigned_twice(name, values)
            found[name] = read(match["value"])
        else:
            if name in found and name not in indexed:
                raise _assigned_twice(name, values)
            found[name] = of_name = indexed.setdefault(name, {})
            index = int(match["index"])
            if index in of_name:
                raise _assigned_twice(f"{name}[{index}]", values)
            of_name[index] = read(match["value"])
    return found


def _assigned_twice(name: str, values: str) -> ValueError:
    return ValueError(f"Multiple assignments to variable '{name}' in {values}")


def _reader(name: str, kind: type, values: str) -> Callable[[str], Any]:
    """A function that reads one value of this type."""

    def read(text: str) -> Any:
        if kind is not bool:
            try:
                return kind(text)
            except ValueError as error:
                raise unreadable(text) from error
        if text not in _BOOLEANS:
            raise unreadable(text)
        return _BOOLEANS[text]

    def unreadable(text: str) -> ValueError:
        return ValueError(f"Could not parse hparam '{name}' of type '{kind.__name__}' with value '{text}' in {values}")

    return read


def _cast(name: str, kind: type, value: Any) -> Any:
    """`value` as `kind`, if nothing is lost."""
    if issubclass(kind, type(None)):
        return value
    is_text = issubclass(kind, (str, bytes))
    fits = (
        isinstance(value, (str, bytes)) == is_text
        and isinstance(value, bool) == issubclass(kind, bool)
        and (not issubclass(kind, numbers.Integral) or isinstance(value, numbers.Integral))
        and (not issubclass(kind, numbers.Number) or isinstance(value, numbers.Number))
    )
    if not fits:
        raise ValueError(f"Could not cast hparam '{name}' of type '{kind}' from value {value!r}")
    return kind(value)


class HParams:
    """Hyperparameters as attributes (``tf.contrib.training.HParams``).

    The type of each is that of its first value: a number, boolean or text, a list of such, or None, which has no type.

    Args:
        hparam_def: an ``HParamDef`` message, as TF1 wrote it.
        model_structure: anything; kept.
        **kwargs: names and values.

    Raises:
        ValueError: a name is that of a method, or a list is empty.

    Source: facts of the topic contrib_training_hparams.

    >>> hparams = tf.contrib.training.HParams(rate=0.1, sizes=[32, 64])
    >>> hparams.parse("rate=0.5,sizes=[8]").values()
    {'rate': 0.5, 'sizes': [8]}
    >>> hparams.rate
    0.5
    """

    def __init__(self, hparam_def: Any = None, model_structure: Any = None, **kwargs: Any) -> None:
        #: The type of each parameter's values, and whether it has several.
        self._hparam_types: dict[str, tuple[type, bool]] = {}
        self._model_structure = model_structure
        if hparam_def is not None:
            kwargs = {name: _value_in(message) for name, message in hparam_def.hparam.items()}
        for name, value in kwargs.items():
            self.add_hparam(name, value)

    def add_hparam(self, name: str, value: Any) -> None:
        """Add a parameter.

        Raises:
            ValueError: there is something of this name, or `value` is an empty list.
        """
        if getattr(self, name, None) is not None:
            raise ValueError(f"Hyperparameter name is reserved: {name}")
        if isinstance(value, (list, tuple)):
            if not value:
                raise ValueError(f"Multi-valued hyperparameters cannot be empty: {name}")
            self._hparam_types[name] = (type(value[0]), True)
        else:
            self._hparam_types[name] = (type(value), False)
        setattr(self, name, value)

    def set_hparam(self, name: str, value: Any) -> None:
        """Give a parameter another value of its type.

        Raises:
            KeyError: there is no such parameter.
            ValueError: the value is of another type.
        """
        kind, has_several = self._hparam_types[name]
        if isinstance(value, list):
            if not has_several:
                raise ValueError(f"Must not pass a list for single-valued parameter: {name}")
            setattr(self, name, [_cast(name, kind, each) for each in value])
        else:
            if has_several:
                raise ValueError(f"Must pass a list for multi-valued parameter: {name}.")
            setattr(self, name, _cast(name, kind, value))

    def del_hparam(self, name: str) -> None:
        """Remove a parameter, if there is one of this name."""
        if hasattr(self, name):
            delattr(self, name)
            del self._hparam_types[name]

    def parse(self, values: str) -> HParams:
        """Set parameters from text (see `parse_values`); returns itself.

        Raises:
            ValueError: the text can't be read, or names no parameter.
        """
        types = {name: kind for name, (kind, _) in self._hparam_types.items()}
        return self.override_from_dict(parse_values(values, types))

    def override_from_dict(self, values_dict: Mapping[str, Any]) -> HParams:
        """Set parameters; returns itself. Raises as `set_hparam` does."""
        for name, value in values_dict.items():
            self.set_hparam(name, value)
        return self

    def set_from_map(self, values_map: Mapping[str, Any]) -> HParams:
        """`override_from_dict` by its old name."""
        return self.override_from_dict(values_dict=values_map)

    def set_model_structure(self, model_structure: Any) -> None:
        """Keep something else as the model's structure."""
        self._model_structure = model_structure

    def get_model_structure(self) -> Any:
        """The model's structure, or what was given for it."""
        return self._model_structure

    def to_json(self, indent: Any = None, separators: Any = None, sort_keys: bool = False) -> str:
        """The parameters as JSON text."""
        return json.dumps(self.values(), indent=indent, separators=separators, sort_keys=sort_keys)

    def parse_json(self, values_json: str) -> HParams:
        """Set parameters from JSON text; returns itself. Raises as `set_hparam` does."""
        return self.override_from_dict(json.loads(values_json))

    def values(self) -> dict[str, Any]:
        """A dict from names to values."""
        return {name: getattr(self, name) for name in self._hparam_types}

    def get(self, key: str, default: Any = None) -> Any:
        """A parameter's value, or `default` if there is no such parameter.

        Raises:
            ValueError: there is, and `default` is of another type.
        """
        if key not in self._hparam_types:
            return default
        if default is not None:
            kind, has_several = self._hparam_types[key]
            shown = f"list<{kind}>" if has_several else str(kind)
            clash = f"Hparam '{key}' of type '{shown}' is incompatible with default={default}"
            if has_several != isinstance(default, list):
                raise ValueError(clash)
            try:
                for each in default if has_several else [default]:
                    _cast(key, kind, each)
            except ValueError as error:
                raise ValueError(f"{clash}. {error}") from error
        return getattr(self, key)

    def __contains__(self, key: str) -> bool:
        return key in self._hparam_types

    def __str__(self) -> str:
        return ",".join(f"{name}={value}" for name, value in self.values().items())

    def __repr__(self) -> str:
        return f"HParams({sorted(self.values().items())})"

    def to_proto(self, export_scope: str | None = None) -> Any:
        """Not offered: TensorFlow dropped the message.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError(
            "HParams.to_proto made an HParamDef message, which TensorFlow 2 no longer has. Write hparams.to_json(), "
            "and read it with hparams.parse_json()."
        )

    @staticmethod
    def from_proto(hparam_def: Any, import_scope: str | None = None) -> HParams:
        """Hyperparameters from an ``HParamDef`` message."""
        return HParams(hparam_def=hparam_def)


def _value_in(message: Any) -> Any:
    """What one parameter's message holds."""
    kind = message.WhichOneof("kind")
    value = getattr(message, kind)
    if kind.endswith("_list"):
        return [_decoded(each) for each in value.value]
    return _decoded(value)


def _decoded(value: Any) -> Any:
    return value.decode() if isinstance(value, bytes) else value


hooks.keep_from_autograph(__name__)
