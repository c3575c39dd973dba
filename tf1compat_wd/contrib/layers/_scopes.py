"""The variable scope of a layer: its variables are model variables, under the names that tf.contrib gives them.

The layers of `tf.layers` do the work, and ask for a kernel and a bias; in tf.contrib these are called weights and
biases. A custom getter in the layer's scope renames them on the way. Losses keep the names of `tf.layers`:
``fc/kernel/Regularizer/l2_regularizer:0`` is the loss of ``fc/weights:0``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import tensorflow as tf

from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd._core.variable_scope import variable_scope
from tf1compat_wd.contrib.framework import model_variable
from tf1compat_wd.contrib.layers._outputs import (
    add_variable_to_collections,
    collect_named_outputs,
    get_variable_collections,
)

Tensor = Any


def layer_scope(
    scope: Any, default_name: str, inputs: Any, reuse: Any, names: Mapping[str, str] | None = None
) -> variable_scope:
    """The scope of a layer whose variables are asked for by `tf.layers`.

    Args:
        scope: name or scope object of the user's, or None.
        default_name: used if `scope` is None, counted.
        inputs: list of tensors.
        reuse: as for ``tf.variable_scope``.
        names: what variables are called here; default: as `tf.layers` calls them.
    """
    return variable_scope(scope, default_name, inputs, reuse=reuse, custom_getter=_getter_with_names(names or {}))


def _getter_with_names(names: Mapping[str, str]) -> Callable[..., Any]:
    def get(getter: Callable[..., Any], name: str, *args: Any, **kwargs: Any) -> Any:
        scope, slash, last = name.rpartition("/")
        given = {argument: kwargs.get(argument) for argument in _PASSED_ON}
        return model_variable(scope + slash + names.get(last, last), *args, custom_getter=getter, **given)

    return get


_PASSED_ON = (
    "shape", "dtype", "initializer", "regularizer", "trainable", "collections", "caching_device", "partitioner",
    "use_resource", "synchronization", "aggregation",
)  # fmt: skip


def own_variable(
    name: str,
    shape: Sequence[int],
    dtype: Any,
    initializer: Any,
    variables_collections: Any,
    trainable: bool,
    regularizer: Any = None,
    collected_as: str | None = None,
) -> Any:
    """A variable of a layer that doesn't go through `tf.layers`.

    Args:
        name, shape, dtype, initializer, trainable, regularizer: as for ``tf.get_variable``.
        variables_collections: the layer's.
        collected_as: what `variables_collections`, if it is a dictionary, calls the variable; default `name`.
    """
    return model_variable(
        name,
        shape=shape,
        dtype=tf.as_dtype(dtype).base_dtype,
        initializer=initializer,
        regularizer=regularizer,
        collections=get_variable_collections(variables_collections, collected_as or name),
        trainable=trainable,
    )


def arguments_for_layer(given: Mapping[str, Any], opened: Any, inputs: Tensor) -> dict[str, Any]:
    """The arguments of a layer of `tf.layers` that say the same here for each of them.

    Args:
        given: the arguments of the function of tf.contrib, its `locals()`.
        opened: the layer's scope.
        inputs: what the layer is going to be called with.
    """
    return {
        "use_bias": not given["normalizer_fn"] and bool(given["biases_initializer"]),
        "bias_initializer": given["biases_initializer"],
        "bias_regularizer": given["biases_regularizer"],
        "trainable": given["trainable"],
        "name": opened.name,
        "dtype": inputs.dtype.base_dtype,
        "_scope": opened,
        "_reuse": given["reuse"],
    }


def collect_weights(layer: Any, variables_collections: Any, *kernels: str) -> None:
    """Add what `layer` calls kernels and bias to the collections for "weights" and "biases"."""
    for kernel in kernels:
        add_variable_to_collections(getattr(layer, kernel), variables_collections, "weights")
    if layer.bias is not None:
        add_variable_to_collections(layer.bias, variables_collections, "biases")


def activated(outputs: Tensor, activation_fn: Any) -> Tensor:
    """`outputs` after the activation, if there is one."""
    return outputs if activation_fn is None else activation_fn(outputs)


def finished(outputs: Tensor, given: Mapping[str, Any], opened: Any) -> Tensor:
    """`outputs` as a layer with these arguments returns them: normalized, activated, and collected."""
    if given["normalizer_fn"] is not None:
        outputs = given["normalizer_fn"](outputs, **(given["normalizer_params"] or {}))
    return collect_named_outputs(given["outputs_collections"], opened.name, activated(outputs, given["activation_fn"]))


def check_data_format(data_format: Any, *allowed: str) -> None:
    """Raise TF1's ValueError unless `data_format` is one of two."""
    if data_format not in allowed:
        first, second = allowed
        raise ValueError(f"data_format has to be either {first} or {second}.\n\nGot {data_format!r}.")


hooks.keep_from_autograph(__name__)
