"""What a served model takes, and writing it."""

from __future__ import annotations

import os
import shutil
import time
from collections import namedtuple
from collections.abc import Callable, Mapping
from typing import Any

import tensorflow as tf

from tf1compat_wd import train as tf1_train
from tf1compat_wd._core import tensorflow_hooks as hooks
from tf1compat_wd.estimator._export_outputs import ClassificationOutput, ExportOutput, RegressionOutput

Tensor = Any
_v1 = tf.compat.v1
_signatures = _v1.saved_model.signature_def_utils
_FIELDS = "features receiver_tensors receiver_tensors_alternatives"
_ONE_FEATURE, _ONE_RECEIVER = "feature", "input"


class ServingInputReceiver(namedtuple("ServingInputReceiver", _FIELDS)):
    """Features of a served model, and where requests come in (``tf.estimator.export.ServingInputReceiver``).

    Args:
        features: a tensor or a dict of tensors, for the model function. One tensor is called ``feature``.
        receiver_tensors: a tensor or a dict of tensors, usually placeholders. One tensor is called ``input``.
        receiver_tensors_alternatives: dict of such dicts: other inputs that can be fed instead.

    Raises:
        ValueError: something isn't a tensor, or a name isn't text.
    """

    __slots__ = ()

    def __new__(
        cls, features: Any, receiver_tensors: Any, receiver_tensors_alternatives: Any = None
    ) -> ServingInputReceiver:
        return super().__new__(
            cls,
            None if features is None else _named(features, _ONE_FEATURE, "feature"),
            _named(receiver_tensors, _ONE_RECEIVER, "receiver_tensor"),
            _alternatives(receiver_tensors_alternatives),
        )


class TensorServingInputReceiver(namedtuple("TensorServingInputReceiver", _FIELDS)):
    """The same with one feature, which the model function gets as it is and not in a dict.

    (``tf.estimator.export.TensorServingInputReceiver``)

    Raises:
        ValueError: `features` isn't a tensor.
    """

    __slots__ = ()

    def __new__(
        cls, features: Any, receiver_tensors: Any, receiver_tensors_alternatives: Any = None
    ) -> TensorServingInputReceiver:
        if features is None:
            raise ValueError("features must be defined.")
        if isinstance(features, dict):
            raise ValueError("features must be a single Tensor.")
        return super().__new__(
            cls,
            _named(features, _ONE_FEATURE, "feature")[_ONE_FEATURE],
            _named(receiver_tensors, _ONE_RECEIVER, "receiver_tensor"),
            _alternatives(receiver_tensors_alternatives),
        )


def _named(tensors: Any, name_of_one: str, what: str) -> dict[Any, Any]:
    if tensors is None:
        raise ValueError(f"{what}s must be defined.")
    named = tensors if isinstance(tensors, dict) else {name_of_one: tensors}
    for name, tensor in named.items():
        if not isinstance(name, (str, int)):
            raise ValueError(f"{what} keys must be strings: {name}.")
        if not tf.is_tensor(tensor):
            raise ValueError(f"{what} {name} must be a Tensor.")
    return named


def _alternatives(given: Any) -> Any:
    if given is not None and not isinstance(given, dict):
        raise ValueError(f"receiver_tensors_alternatives must be a dict: {given}.")
    return (
        None
        if given is None
        else {name: _named(each, _ONE_RECEIVER, "receiver_tensor") for name, each in given.items()}
    )


def build_raw_serving_input_receiver_fn(
    features: Mapping[str, Tensor], default_batch_size: int | None = None
) -> Callable[[], ServingInputReceiver]:
    """A function making placeholders like `features` (``tf.estimator.export.build_raw_serving_input_receiver_fn``).

    Args:
        features: tensors of the shapes wanted, by name.
        default_batch_size: the first axis; None: any number.
    """

    def receiver() -> ServingInputReceiver:
        placeholders = {}
        for name, tensor in features.items():
            shape = tensor.get_shape().as_list()
            shape[0] = default_batch_size
            placeholders[name] = _v1.placeholder(tensor.dtype, shape, name if isinstance(name, str) else None)
        return ServingInputReceiver(dict(placeholders), placeholders)

    return receiver


def build_parsing_serving_input_receiver_fn(
    feature_spec: Mapping[str, Any], default_batch_size: int | None = None
) -> Callable[[], ServingInputReceiver]:
    """A function parsing ``tf.Example`` messages (``tf.estimator.export.build_parsing_serving_input_receiver_fn``).

    Args:
        feature_spec: as for ``tf.parse_example``.
        default_batch_size: number of messages; None: any.
    """

    def receiver() -> ServingInputReceiver:
        serialized = _v1.placeholder(tf.string, [default_batch_size], "input_example_tensor")
        return ServingInputReceiver(_v1.parse_example(serialized, feature_spec), {"examples": serialized})

    return receiver


def export_saved_model(
    session: Any,
    spec: Any,
    receiver: Any,
    checkpoint: str,
    folder: str,
    assets_extra: Mapping[str, str] | None,
    as_text: bool,
) -> bytes:
    """Write the graph of `session` with the variables of `checkpoint` into a new folder below `folder`."""
    saver = spec.scaffold.saver or tf1_train.Saver(sharded=True)
    saver.restore(session, checkpoint)
    signatures = {}
    for name, output in (spec.export_outputs or {}).items():
        signatures[name or _v1.saved_model.signature_constants.DEFAULT_SERVING_SIGNATURE_DEF_KEY] = _signature(
            receiver.receiver_tensors, output
        )
    for other, tensors in (receiver.receiver_tensors_alternatives or {}).items():
        for name, output in spec.export_outputs.items():
            signatures[f"{other}:{name or 'None'}"] = _signature(tensors, output)
    final, temporary = _new_folders(folder)
    builder = _v1.saved_model.Builder(temporary)
    builder.add_meta_graph_and_variables(
        session,
        [_v1.saved_model.tag_constants.SERVING],
        signature_def_map=signatures,
        assets_collection=_v1.get_collection(_v1.GraphKeys.ASSET_FILEPATHS),
        main_op=spec.scaffold.local_init_op or _v1.train.Scaffold.default_local_init_op(),
        strip_default_attrs=True,
    )
    builder.save(as_text)
    for place, source in (assets_extra or {}).items():
        target = os.path.join(temporary, "assets.extra", place)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        shutil.copyfile(source, target)
    os.rename(temporary, final)
    return final.encode()


def _signature(inputs: Mapping[str, Tensor], output: ExportOutput) -> Any:
    first = next(iter(inputs.values()))
    if len(inputs) == 1 and first.dtype == tf.string:  # Example messages, which is what these two methods take
        if isinstance(output, ClassificationOutput):
            return _signatures.classification_signature_def(first, output.classes, output.scores)
        if isinstance(output, RegressionOutput):
            return _signatures.regression_signature_def(first, output.value)
    if isinstance(output, ClassificationOutput):
        named = {"scores": output.scores, "classes": output.classes}
        return _signatures.predict_signature_def(
            inputs, {key: value for key, value in named.items() if value is not None}
        )
    if isinstance(output, RegressionOutput):
        return _signatures.predict_signature_def(inputs, {"outputs": output.value})
    return _signatures.predict_signature_def(inputs, output.outputs)


def _new_folders(base: str) -> tuple[str, str]:
    base = os.fspath(base) if not isinstance(base, bytes) else base.decode()
    number = int(time.time())
    while os.path.exists(os.path.join(base, str(number))):
        number += 1
    return os.path.join(base, str(number)), os.path.join(base, f"temp-{number}")


hooks.keep_from_autograph(__name__)
